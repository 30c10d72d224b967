#!/bin/bash
# Plays every transcript under tests/play, and compares every text that reaches a phone in them, as somebody has read it:
# tests/play/golden/<subject>.txt. What a transcript does not expect cannot change unseen. After a change that is meant:
#
#     tests/play/play.sh --write      (in a build directory), then read the diff
set -u
src=${top_srcdir:-../..}
ctl=${top_builddir:-.}/kabarctl
export KABAR_DATA=$src/conf
# Nothing here must last: in memory, where no disk is waited for.
[ -w /dev/shm ] && export TMPDIR=/dev/shm
golden=$src/tests/play/golden
now=$(mktemp)
trap 'rm -f "$now"' EXIT
n=0
i=0
bad=0

ok() { echo "ok $((++n)) - $1"; }
not_ok() {
	bad=1
	echo "not ok $((++n)) - $1"
	sed 's/^/# /'
}

play() {
	local name=${1#"$src"/tests/play/} out

	# each loads all forms and words, which takes long under sanitizers: every second one there
	[ -z "${KABAR_SANITIZED:-}" ] || [ $((++i % 2)) -eq 0 ] || return
	if out=$("$ctl" play --show "$1" 2>&1); then
		ok "$name"
	else
		not_ok "$name" <<<"$out"
	fi
	printf '== %s\n%s\n' "${name#*/}" "$out" | sed '$d' | grep -v -E '^(import|clock|expect|#|$)' >>"$now"
}

compare() {
	if [ "${mode-}" = --write ]; then
		mkdir -p "$golden" && cp "$now" "$golden/$1.txt"
	elif diff -U1 "$golden/$1.txt" "$now" >"$now.diff"; then
		ok "$1: every text as it was read"
	else
		head -40 "$now.diff" | not_ok "$1: every text as it was read"
	fi
	rm -f "$now.diff"
}

mode=${1-}
for subject in "$src"/tests/play/*/; do
	compgen -G "$subject*.play" >/dev/null || continue
	: >"$now"
	for file in "$subject"*.play; do
		play "$file"
	done
	[ -n "${KABAR_SANITIZED:-}" ] || compare "$(basename "$subject")"
done
# The control: a word that nobody expects anywhere is missed.
sed '0,/Terima kasih/s//Trims/' "$golden/report.txt" >"$now"
if cmp -s "$now" "$golden/report.txt"; then
	not_ok "a changed text is seen" </dev/null
else
	ok "a changed text is seen"
fi
echo "1..$n"
exit $bad
