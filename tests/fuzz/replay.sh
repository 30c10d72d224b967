#!/bin/bash
# Runs every fuzz target over its corpus, built with or without sanitizers.
. "${top_srcdir:?}/tests/tap.sh"

for program in ${FUZZ_PROGRAMS-}; do
	name=${program##*/fuzz_}
	try "the corpus of $name" "${top_builddir:?}/$program" "$top_srcdir/tests/fuzz/corpus/$name"
done
[ "$tap_count" -gt 0 ] || tap_skip "corpora" "there is no fuzz target"
tap_end
