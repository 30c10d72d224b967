#!/bin/sh
# All transcripts on PostgreSQL, and over a store of which every call fails once, one after the other.
src=${top_srcdir:?}
KABAR_ALL=1
KABAR_DATA=$src/conf
TMPDIR=/dev/shm
export KABAR_ALL KABAR_DATA
sh "$src/tests/play/postgres.sh" || exit 1
[ -w /dev/shm ] && export TMPDIR
find "$src/tests/play" -name '*.play' | grep -vE "$(sed -n "s/^PUNCTUAL='\(.*\)'/\1/p" "$src/tests/play/faults.sh")" |
	sort | xargs "${top_builddir:?}/tests/play/play_faults" -a
