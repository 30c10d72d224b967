#!/bin/bash
# The examiner examined: it takes a perfect reader for perfect and notices one that is not. Needs no reader.
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
soak=$src/tests/soak
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$src/tests/tap.sh"

compare() {
	python3 "$soak/compare.py" "$work/told.tsv" "$1"
}

# spoil NAME SED: readings that are the expectations, changed by SED; comparing them has to fail
spoil() {
	sed -E "$2" "$work/perfect.json" > "$work/$1.json" && ! cmp -s "$work/perfect.json" "$work/$1.json" &&
	! compare "$work/$1.json" && compare "$work/$1.json" | tail -1 | grep -qE "$3"
}

same_again() {
	python3 "$soak/generate.py" 500 --seed 7 | cmp - "$work/told.tsv" &&
	! python3 "$soak/generate.py" 500 --seed 8 | cmp -s - "$work/told.tsv"
}

one_character() {
	python3 "$soak/generate.py" 300 --seed 7 --mutate > "$work/mutated.tsv" &&
	[ "$(cut -f5 "$work/mutated.tsv" | grep -c '/mutated$')" -eq 300 ]
}

python3 "$soak/generate.py" 500 --seed 7 > "$work/told.tsv"
cut -f4 "$work/told.tsv" > "$work/perfect.json"
try "a perfect reader passes" compare "$work/perfect.json"
try "a wrong weight is a misreading" spoil weight 's/"berat":[0-9]+/"berat":3210/' '[1-9][0-9]* misread'
try "a value that nobody told is a misreading" spoil untold 's/"fields":\{"b/"fields":{"imd":"YA","b/' '[1-9][0-9]* misread'
try "a dropped value is a misreading" spoil dropped 's/"umur":[0-9]+\}/"x":1}/; s/"umur":[0-9]+,//' '[1-9][0-9]* misread'
try "a question is asked about, not right" spoil asked 's/"status":"accepted"/"status":"question"/g' '[1-9][0-9]* asked'
try "no report is lost" spoil lost 's/"intent":"report"/"intent":"human"/' '[1-9][0-9]* lost'
try "the same seed tells the same, another seed something else" same_again
try "mutations name what they leave alone" one_character
tap_end
