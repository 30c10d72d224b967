#!/bin/bash
# The reader against its examiner: the labelled corpora, COUNT random known reports in many styles, as many with one
# character edited, canonical texts of what was accepted, and a negative control: with a word class taken out
# of the lexicon the same examination must fail.   soak.sh [COUNT] [SEED]; make check: 2000 reports, make soak: 20000.
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
bin=${top_builddir:-.}
count=${1:-${SOAK_COUNT:-2000}}
seed=${2:-${SOAK_SEED:-1}}
soak=$src/tests/soak
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$src/tests/tap.sh"

# configure NAME LEXICON: a kabar.conf and a store of its own with the context's people and places
configure() {
	local dir=$work/$1

	mkdir -p "$dir"
	cat > "$dir/kabar.conf" <<-CONF
		[gateway]
		name = examiner
		timezone = Asia/Jakarta
		forms = $src/conf/forms
		lexicon = $2
		messages = $src/conf/messages
		menus = $src/conf/menus
		dialects = $src/conf/dialects
		[store]
		driver = sqlite
		path = $dir/kabar.db
	CONF
	ctl "$1" import areas "$src/conf/areas/wilayah.csv" &&
	ctl "$1" import puskesmas "$src/tests/corpus/context/puskesmas.csv" &&
	ctl "$1" import posyandu "$src/tests/corpus/context/posyandu.csv" &&
	ctl "$1" import people "$src/tests/corpus/context/people.csv"
}

ctl() {
	local name=$1

	shift
	"$bin/kabarctl" -c "$work/$name/kabar.conf" "$@"
}

# readings NAME ROWS OUT: ROWS is TSV with sender and text in columns 2 and 3
readings() {
	grep -v '^#' "$2" | cut -f2,3 | ctl "$1" read --now 2024-08-15T10:00+07:00 > "$3"
}

corpus() {
	readings good "$src/tests/corpus/$1.tsv" "$work/$1.json" &&
	python3 "$src/tests/corpus/score.py" "$src/tests/corpus/$1.tsv" "$work/$1.json" -v
}

generated() {
	python3 "$soak/generate.py" "$count" --seed "$seed" > "$work/told.tsv" &&
	readings good "$work/told.tsv" "$work/told.json" &&
	python3 "$soak/compare.py" "$work/told.tsv" "$work/told.json"
}

mutated() {
	python3 "$soak/generate.py" "$count" --seed "$((seed + 1))" --mutate > "$work/mutated.tsv" &&
	readings good "$work/mutated.tsv" "$work/mutated.json" &&
	python3 "$soak/compare.py" "$work/mutated.tsv" "$work/mutated.json" --at-least 100 -v
}

canonical() {
	python3 "$soak/roundtrip.py" "$work/told.tsv" "$work/told.json" > "$work/again.tsv" &&
	[ "$(wc -l < "$work/again.tsv")" -gt "$((count / 2))" ] &&
	readings good "$work/again.tsv" "$work/again.json" &&
	python3 "$soak/compare.py" "$work/again.tsv" "$work/again.json" --at-least 100 -v
}

# The words for a midwife, a weight's unit or yesterday taken out: the examination has to notice each.
control() {
	local lexicon=$work/lexicon.$1

	mkdir -p "$lexicon" && cp "$src"/conf/lexicon/*.ini "$lexicon" &&
	sed -i -E "$2" "$lexicon"/*.ini &&
	! diff -rq "$src/conf/lexicon" "$lexicon" > "$work/diff" &&
	configure "$1" "$lexicon" > "$work/control.log" 2>&1 &&
	readings "$1" "$work/told.tsv" "$work/control.json" &&
	! python3 "$soak/compare.py" "$work/told.tsv" "$work/control.json"
}

configure good "$src/conf/lexicon" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
try "the development corpus" corpus dev
try "the examiner's corpus" corpus own
try "$count known reports in many styles" generated
try "$count reports with one character edited keep their other values" mutated
try "what was accepted reads the same in canonical form" canonical
try "control: without the words for yesterday it fails" control yesterday '/kemarin|kmrn/d'
try "control: without the words for a midwife it fails" control midwife 's/\bbdn\b/zzzz/g; s/\bbidan\b/zzzz/g'
if [ "$count" -gt 5000 ]; then
	python3 "$soak/compare.py" "$work/told.tsv" "$work/told.json" | sed 's/^/# /'
fi
tap_end
