#!/bin/bash
# Every text that reaches a phone in the transcripts, as somebody has read it: tests/play/golden/<subject>.txt. What a
# transcript does not expect cannot change unseen. After a change that is meant:
#
#     tests/play/golden.sh --write      (in a build directory), then read the diff
set -u
src=${top_srcdir:-../..}
ctl=${top_builddir:-.}/kabarctl
export KABAR_DATA=$src/conf
[ -w /dev/shm ] && export TMPDIR=/dev/shm
golden=$src/tests/play/golden
n=0
bad=0
now=$(mktemp)
trap 'rm -f "$now"' EXIT
mapfile -t subjects < <(find "$src/tests/play" -mindepth 2 -name '*.play' -printf '%h\n' | sort -u | xargs -n1 basename)
for subject in "${subjects[@]}"; do
	n=$((n + 1))
	for file in "$src/tests/play/$subject"/*.play; do
		echo "== ${file##*/}"
		"$ctl" play --show "$file" | sed '$d'
	done | grep -v -E '^(import|clock|expect|#|$)' >"$now"
	if [ "${1-}" = --write ]; then
		mkdir -p "$golden" && cp "$now" "$golden/$subject.txt"
	elif diff -U1 "$golden/$subject.txt" "$now" | sed 's/^/# /' | head -40 | grep .; then
		bad=1
		echo "not ok $n - $subject: every text as it was read"
	else
		echo "ok $n - $subject: every text as it was read"
	fi
done
# The control: a word that nobody expects anywhere is missed.
sed '0,/Terima kasih/s//Trims/' "$golden/report.txt" >"$now"
n=$((n + 1))
if cmp -s "$now" "$golden/report.txt"; then
	bad=1
	echo "not ok $n - a changed text is seen"
else
	echo "ok $n - a changed text is seen"
fi
echo "1..$n"
exit $bad
