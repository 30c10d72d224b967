#!/bin/bash
# Changed texts at the reader, COUNT of them (3,000 in `make check`, KABAR_STORM says how many else), from every field
# told twice, in and out of range, the corpora and what was found before. In a build with sanitizers it is worth most.
#   storm.sh [COUNT] [SEED]
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
bin=${top_builddir:-.}
count=${1:-${KABAR_STORM:-3000}}
seed=${2:-${SOAK_SEED:-1}}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$src/tests/tap.sh"
export KABAR_FUZZ_FAST=1 # one text in eight is read twice
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=16:malloc_context_size=4"

mkdir "$work/twice" "$work/found"
try "every field told twice" "$bin/tests/parsers/test_twice" "$work/twice"
storm() {
	"$bin/tests/fuzz/storm_reader" "$count" "$seed" "$work/found" "$work/twice" "$src/tests/fuzz/corpus/reader" \
		"$src"/tests/corpus/*.tsv
}
try "$count changed texts, seed $seed: nothing ends the reader and no promise is broken" storm
for finding in "$work/found"/*; do
	[ ! -s "$finding" ] || cp "$finding" "$bin/finding-storm-$seed-${finding##*-}"
done
tap_end
