#!/bin/sh
# Runs every transcript under tests/play through `kabarctl play`; one TAP line per file.
src=${top_srcdir:-.}
ctl=${top_builddir:-.}/kabarctl
KABAR_DATA=$src/conf
export KABAR_DATA
# Nothing here must last: in memory, where no disk is waited for.
[ -w /dev/shm ] && TMPDIR=/dev/shm && export TMPDIR
n=0
bad=0
i=0
for file in "$src"/tests/play/*/*.play; do
	i=$((i + 1))
	# each loads all forms and words, which takes long under sanitizers: every second one there
	[ -z "${KABAR_SANITIZED:-}" ] || [ $((i % 2)) -eq 0 ] || continue
	n=$((n + 1))
	name=${file#"$src"/tests/play/}
	if out=$("$ctl" play "$file" 2>&1); then
		echo "ok $n - $name"
	else
		bad=1
		echo "not ok $n - $name"
		echo "$out" | sed 's/^/# /'
	fi
done
echo "1..$n"
exit $bad
