#!/bin/bash
# The transcripts under valgrind: nothing reads what was never written, nothing is read after it is freed.
# memory.sh [ROOMS...]; a control reads an octet that nobody wrote, and must be seen.
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
ctl=${top_builddir:-.}/kabarctl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
KABAR_DATA=$src/conf
export KABAR_DATA
. "$src/tests/tap.sh"

clean() {
	valgrind -q --error-exitcode=9 --undef-value-errors=yes "$@" >"$work/out" 2>&1 && return
	grep -E -m 20 '^==|expected|came' "$work/out"
	return 1
}

control() {
	cat >"$work/unset.c" <<'C'
#include <stdlib.h>
int main(void)
{
	char *name = malloc(8);

	return name[7] == 'Q' ? 3 : 0;
}
C
	cc -O0 -g -o "$work/unset" "$work/unset.c" && ! clean "$work/unset" >/dev/null
}

if ! command -v valgrind >/dev/null; then
	tap_skip "transcripts under valgrind" "valgrind is not installed"
	tap_end
	exit
fi
try "control: an octet that was never written is seen" control
[ $# -gt 0 ] || set -- "$src"/tests/play/*/
for room in "$@"; do
	[ "$(basename "$room")" = data ] || try "clean: $(basename "$room")" clean "$ctl" play "$room"/*.play
done
tap_end
