#!/bin/bash
# What becomes of a message that has no memory, or a broken disk, in the middle: some transcripts, another allocation and
# another write of each transaction; all of them, and all transcripts, in `make soak` (KABAR_ALL). And the control: what is
# left out for want of memory is noticed.
src=${top_srcdir:?}
bin=${top_builddir:?}/tests/play/play_deaths
export KABAR_DATA=$src/conf
[ -w /dev/shm ] && export TMPDIR=/dev/shm
# A PIN is kept with a salt of chance: no two tellings of it write the same.
plays=$(find "$src/tests/play" -name '*.play' | grep -v -- '-pin\.play$' | sort)
if [ -n "${KABAR_ALL-}" ]; then
	out=$(xargs "$bin" -a <<<"$plays")
else
	out=$(awk 'NR % 8 == 0' <<<"$plays" | xargs "$bin")
fi
status=$?
n=$(grep -cE '^(not )?ok ' <<<"$out")
grep -v '^1\.\.' <<<"$out"
# Only a transaction that goes on without the memory can be noticed: each allocation of a transcript that has some.
if KABAR_FAULT=swallow "$bin" -a "$src"/tests/play/numbers/08-*.play >/dev/null; then
	echo "not ok - what is left out is noticed"
	status=1
else
	echo "ok - what is left out is noticed"
fi
echo "1..$((n + 1))"
exit $status
