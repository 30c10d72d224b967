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
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mode=${1-}
n=0
bad=0

ok() { echo "ok $((++n)) - $1"; }
not_ok() {
	bad=1
	echo "not ok $((++n)) - $1"
	sed 's/^/# /'
}

# played FILE: what came of it; the sign of a failure is a line that begins with its name.
played() {
	if ! grep -qxF "== $1" "$work/shown"; then
		tail -n 40 "$work/shown" | not_ok "${1#"$src"/tests/play/} was not played"
	elif grep -qE "^$1:[0-9]+: " "$work/shown"; then
		awk -v file="== $1" '/^== / { on = $0 == file } on' "$work/shown" | not_ok "${1#"$src"/tests/play/}"
	else
		ok "${1#"$src"/tests/play/}"
	fi
}

compare() {
	sed -e '$d' -e "s|^== .*/|== |" "$work/shown" | grep -v -E '^(import|clock|expect|#|$)' >"$work/now"
	if [ "$mode" = --write ]; then
		mkdir -p "$golden" && cp "$work/now" "$golden/$1.txt"
	elif diff -U1 "$golden/$1.txt" "$work/now" >"$work/diff"; then
		ok "$1: every text as it was read"
	else
		head -n 40 "$work/diff" | not_ok "$1: every text as it was read"
	fi
}

for subject in "$src"/tests/play/*/; do
	compgen -G "$subject*.play" >/dev/null || continue
	files=("$subject"*.play)
	{ [ ${#files[@]} -gt 1 ] || echo "== ${files[0]}"; } >"$work/shown" # said of several only
	"$ctl" play --show "${files[@]}" >>"$work/shown" 2>&1
	status=$?
	before=$bad
	bad=0
	for file in "${files[@]}"; do
		played "$file"
	done
	[ $status -eq $bad ] || not_ok "$subject: status $status" <"$work/shown"
	bad=$((before | bad))
	compare "$(basename "$subject")"
done
# The control: a word that nobody expects anywhere is missed.
sed '0,/Terima kasih/s//Trims/' "$golden/report.txt" >"$work/now"
if cmp -s "$work/now" "$golden/report.txt"; then
	not_ok "a changed text is seen" </dev/null
else
	ok "a changed text is seen"
fi
echo "1..$n"
exit $bad
