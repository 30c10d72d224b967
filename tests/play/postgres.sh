#!/bin/sh
# Transcripts once more, on PostgreSQL; one TAP line per room. In a check every third of them, all with KABAR_ALL=1 (make soak).
src=${top_srcdir:-.}
ctl=${top_builddir:-.}/kabarctl
KABAR_DATA=$src/conf
export KABAR_DATA
if [ -z "${KABAR_TEST_POSTGRES:-}" ]; then
	exec "$src/tests/cluster.sh" run "$0"
fi
n=0
bad=0
for room in "$src"/tests/play/*/; do
	set --
	i=0
	for file in "$room"*.play; do
		i=$((i + 1))
		[ -n "${KABAR_ALL:-}" ] || [ $((i % 3)) -eq 1 ] || continue
		[ -e "$file" ] && set -- "$@" "$file"
	done
	[ $# -gt 0 ] || continue
	n=$((n + 1))
	if out=$("$ctl" play --store "$KABAR_TEST_POSTGRES" "$@" 2>&1); then
		echo "ok $n - $(basename "$room"): $out"
	else
		bad=1
		echo "not ok $n - $(basename "$room")"
		echo "$out" | sed 's/^/# /'
	fi
done
echo "1..$n"
exit $bad
