#!/bin/bash
# Readings per second on one core over the labelled messages; the aim is at most 16 microseconds each.
# Timed is the processor's time, warm, in one thread, from the text of a message to its reading: folding, cutting,
# commands, places, fields, checks and what is derived. The reply and its JSON are told apart. Not timed: the alphabet's
# decoding, looking up who speaks, the store.
set -eu
for corpus in dev own; do
	printf '%s: ' "$corpus"
	"${top_builddir:?}/tests/parsers/read_corpus" bench "${KABAR_BENCH_ROUNDS:-10}" \
		<"${top_srcdir:?}/tests/corpus/$corpus.tsv"
done
