#!/bin/bash
# Readings per second on one core over the labelled messages; the aim is at most 16 microseconds each.
set -eu
for corpus in dev own; do
	printf '%s: ' "$corpus"
	"${top_builddir:?}/tests/parsers/read_corpus" bench "${KABAR_BENCH_ROUNDS:-50}" \
		<"${top_srcdir:?}/tests/corpus/$corpus.tsv"
done
