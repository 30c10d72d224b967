#!/bin/bash
# The labelled corpora through the reader alone: each whole, never a silent misreading.
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
bin=${top_builddir:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$src/tests/tap.sh"
export top_srcdir=$src

# whole CORPUS: every row read, and read as expected; the scorer fails when one is not.
whole() {
	"$bin/tests/parsers/read_corpus" < "$src/tests/corpus/$1.tsv" > "$work/$1.json" || {
		echo "the reader died"
		return 1
	}
	python3 "$src/tests/corpus/score.py" "$src/tests/corpus/$1.tsv" "$work/$1.json" -v
}

# Known reports in many styles, told by the generator: 99.5 % right, nothing misread, nothing lost.
told() {
	python3 "$src/tests/soak/generate.py" 2000 --seed 1 > "$work/told.tsv" &&
	"$bin/tests/parsers/read_corpus" < "$work/told.tsv" > "$work/told.json" &&
	python3 "$src/tests/soak/compare.py" "$work/told.tsv" "$work/told.json" -v > "$work/score" || {
		cat "$work/score"
		return 1
	}
}

# The same of reports about people who are looked after.
cared() {
	python3 "$src/tests/soak/care.py" 1500 --seed 1 > "$work/cared.tsv" &&
	"$bin/tests/parsers/read_corpus" < "$work/cared.tsv" > "$work/cared.json" &&
	python3 "$src/tests/soak/compare.py" "$work/cared.tsv" "$work/cared.json" -v > "$work/score" || {
		cat "$work/score"
		return 1
	}
}

# The same with talk around them.
talked() {
	python3 "$src/tests/soak/chat.py" "$work/told.tsv" --seed 1 > "$work/talked.tsv" &&
	"$bin/tests/parsers/read_corpus" < "$work/talked.tsv" > "$work/talked.json" &&
	python3 "$src/tests/soak/compare.py" "$work/talked.tsv" "$work/talked.json" -v > "$work/score" || {
		cat "$work/score"
		return 1
	}
}

# What people cry and tell of dying, and what only sounds like it: each heard, or not.
heard() {
	"$bin/tests/parsers/read_corpus" < "$src/tests/corpus/cries.tsv" > "$work/cries.json" &&
	python3 "$src/tests/corpus/cries.py" "$src/tests/corpus/cries.tsv" "$work/cries.json" -v
}

# One question at a time, and few.
asked() {
	cat "$src"/tests/corpus/{dev,blind,own,newcomers,ilp}.tsv > "$work/all.tsv" &&
	"$bin/tests/parsers/read_corpus" replies < "$work/all.tsv" > "$work/all.json" &&
	python3 "$src/tests/corpus/asked.py" "$work/all.json"
}

try "the development corpus, whole" whole dev
try "the third corpus, whole" whole blind
try "the second corpus, whole" whole own
try "questions of a district, as staff write them" whole questions
try "texts of newcomers and their relatives, whole" whole newcomers
try "short messages beside each rule, whole" whole near
try "the forms of primary care, whole" whole ilp
try "visits, doses, children, referrals, and what else is told of them, whole" whole care
try "what people tell as prose, without a keyword, whole" whole prose
try "weeks, the dead among the sick, self-assessment, whole" whole skdr
try "deaths and cries are heard, talk of them is not" heard
try "2000 known reports in many styles" told
try "pregnancies, visits, children, sick people, referrals, weeks told at random" cared
try "the same with talk before and behind them" talked
try "a reply says what was understood and asks for one thing; few reports need a second question" asked
tap_end
