#!/bin/bash
# What becomes of a message that has no memory, or a broken disk, in the middle: some transcripts, another allocation and
# another write of each transaction; all of them, and all transcripts, in `make soak` (KABAR_ALL). And the control: what is
# left out for want of memory is noticed.
src=${top_srcdir:?}
bin=${top_builddir:?}/tests/play/play_deaths
export KABAR_DATA=$src/conf
[ -w /dev/shm ] && export TMPDIR=/dev/shm
if [ -n "${KABAR_ALL-}" ]; then
	out=$(find "$src/tests/play" -name '*.play' | sort | xargs "$bin" -a)
else
	out=$(find "$src/tests/play" -name '*.play' | sort | awk 'NR % 8 == 0' | xargs "$bin")
fi
status=$?
n=$(grep -cE '^(not )?ok ' <<<"$out")
grep -v '^1\.\.' <<<"$out"
if KABAR_FAULT=swallow "$bin" "$src"/tests/play/numbers/0*.play >/dev/null; then
	echo "not ok - what is left out is noticed"
	status=1
else
	echo "ok - what is left out is noticed"
fi
echo "1..$((n + 1))"
exit $status
