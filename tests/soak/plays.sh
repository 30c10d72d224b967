#!/bin/sh
# All transcripts on PostgreSQL, over SMPP, in every dialect, with every allocation and write failing once, and over a store of which every call does.
src=${top_srcdir:?}
KABAR_ALL=1
KABAR_DATA=$src/conf
TMPDIR=/dev/shm
export KABAR_ALL KABAR_DATA
sh "$src/tests/play/postgres.sh" || exit 1
perl "$src/tests/integration/transcripts.pl" || exit 1
bash "$src/tests/play/dialects.sh" || exit 1
[ -w /dev/shm ] && export TMPDIR
bash "$src/tests/play/deaths.sh" || exit 1
find "$src/tests/play" -name '*.play' | grep -vE "$(sed -n "s/^PUNCTUAL='\(.*\)'/\1/p" "$src/tests/play/faults.sh")" |
	sort | xargs "${top_builddir:?}/tests/play/play_faults" -a
