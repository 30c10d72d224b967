#!/bin/bash
# The reader against its examiner: the labelled corpora, COUNT random known reports in many styles, the same with talk
# around them, as many with one character edited, canonical texts of what was accepted, and a negative control: with a
# class of words taken out of the lexicon the same examination must fail.   soak.sh [COUNT] [SEED].
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
bin=${top_builddir:-.}
count=${1:-${SOAK_COUNT:-2000}}
seed=${2:-${SOAK_SEED:-1}}
soak=$src/tests/soak
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$src/tests/tap.sh"

# readings TREE ROWS: reads sender and text (columns 2 and 3) with the forms and words of TREE/conf
readings() {
	top_srcdir=$1 "$bin/tests/parsers/read_corpus" < "$2"
}

corpus() {
	readings "$src" "$src/tests/corpus/$1.tsv" > "$work/$1.json" &&
	python3 "$src/tests/corpus/score.py" "$src/tests/corpus/$1.tsv" "$work/$1.json" -v
}

generated() {
	readings "$src" "$work/told.tsv" > "$work/told.json" &&
	python3 "$soak/compare.py" "$work/told.tsv" "$work/told.json"
}

talked() {
	python3 "$soak/chat.py" "$work/told.tsv" --seed "$((seed + 2))" > "$work/talked.tsv" &&
	readings "$src" "$work/talked.tsv" > "$work/talked.json" &&
	python3 "$soak/compare.py" "$work/talked.tsv" "$work/talked.json" -v
}

mutated() {
	python3 "$soak/generate.py" "$count" --seed "$((seed + 1))" --mutate > "$work/mutated.tsv" &&
	readings "$src" "$work/mutated.tsv" > "$work/mutated.json" &&
	python3 "$soak/compare.py" "$work/mutated.tsv" "$work/mutated.json" --at-least 100 -v
}

canonical() {
	python3 "$soak/roundtrip.py" "$work/told.tsv" "$work/told.json" > "$work/again.tsv" &&
	[ "$(wc -l < "$work/again.tsv")" -gt "$((count / 2))" ] &&
	readings "$src" "$work/again.tsv" > "$work/again.json" &&
	python3 "$soak/compare.py" "$work/again.tsv" "$work/again.json" --at-least 100 -v
}

# control NAME SED: a copy of the lexicon without some words; the examination has to notice
control() {
	local tree=$work/$1

	mkdir -p "$tree/conf" "$tree/tests/corpus" && cp -r "$src/tests/corpus/context" "$tree/tests/corpus" &&
	cp -r "$src/conf/areas" "$src/conf/forms" "$src/conf/lexicon" "$tree/conf" && chmod -R u+w "$tree" &&
	sed -i -E "$2" "$tree"/conf/lexicon/*.ini && ! diff -rq "$src/conf/lexicon" "$tree/conf/lexicon" &&
	readings "$tree" "$work/told.tsv" > "$work/$1.json" &&
	right "$work/$1.json" && right "$work/told.json" &&
	[ "$(right "$work/$1.json")" -lt "$(($(right "$work/told.json") - count / 200))" ]
}

right() {
	python3 "$soak/compare.py" "$work/told.tsv" "$1" | sed -nE 's/.* told, ([0-9]+) right .*/\1/p'
}

[ -x "$bin/tests/parsers/read_corpus" ] || make -C "$bin" tests/parsers/read_corpus >&2
python3 "$soak/generate.py" "$count" --seed "$seed" > "$work/told.tsv"
try "the development corpus" corpus dev
try "the examiner's corpus" corpus own
try "the corpus of what people type" corpus blind
try "$count known reports in many styles" generated
try "the same with talk before and behind them" talked
try "$count reports with one character edited keep their other values" mutated
try "what was accepted reads the same in canonical form" canonical
try "control: without the words for yesterday it fails" control yesterday 's/\b(kemarin|kmrn|kemaren|wingi|kamari)\b/zz\1/g'
try "control: without the words for a midwife it fails" control midwife 's/\b(bidan|bdn)\b/zz\1/g'
python3 "$soak/compare.py" "$work/told.tsv" "$work/told.json" | sed 's/^/# /'
tap_end
