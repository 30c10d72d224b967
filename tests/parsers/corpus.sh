#!/bin/bash
# The labelled corpora through the reader alone: each whole, never a silent misreading.
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
bin=${top_builddir:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$src/tests/tap.sh"
export top_srcdir=$src
reader=$bin/tests/parsers/read_corpus

# readings FILE.tsv FILE.json [WORD]: what is read of each row; a reader that dies, or reads fewer, says so.
readings() {
	"$reader" ${3:+"$3"} < "$1" > "$2" || {
		echo "the reader died"
		return 1
	}
	[ "$(grep -c '^[^#]' "$1")" -eq "$(wc -l < "$2")" ] || {
		echo "not every row was read"
		return 1
	}
}

# whole CORPUS: every row read, and read as expected; the scorer fails when one is not.
whole() {
	readings "$src/tests/corpus/$1.tsv" "$work/$1.json" &&
	python3 "$src/tests/corpus/score.py" "$src/tests/corpus/$1.tsv" "$work/$1.json" -v
}

# generated NAME: reports that are known, read and compared: 99.5 % right, nothing misread, nothing lost.
generated() {
	readings "$work/$1.tsv" "$work/$1.json" &&
	python3 "$src/tests/soak/compare.py" "$work/$1.tsv" "$work/$1.json" -v
}

# In many styles, told by the generator.
told() {
	python3 "$src/tests/soak/generate.py" 2000 --seed 1 > "$work/told.tsv" && generated told
}

# The same of reports about people who are looked after.
cared() {
	python3 "$src/tests/soak/care.py" 1500 --seed 1 > "$work/cared.tsv" && generated cared
}

# The same with talk around them.
talked() {
	python3 "$src/tests/soak/chat.py" "$work/told.tsv" --seed 1 > "$work/talked.tsv" && generated talked
}

# What people cry and tell of dying, and what only sounds like it: each heard, or not.
heard() {
	readings "$src/tests/corpus/cries.tsv" "$work/cries.json" &&
	python3 "$src/tests/corpus/cries.py" "$src/tests/corpus/cries.tsv" "$work/cries.json" -v
}

# One question at a time, and few.
asked() {
	cat "$src"/tests/corpus/{dev,blind,own,newcomers,ilp}.tsv > "$work/all.tsv" &&
	readings "$work/all.tsv" "$work/all.json" replies &&
	python3 "$src/tests/corpus/asked.py" "$work/all.json"
}

# The control: a reader that dies behind its last row, or leaves it out, fails each kind of these.
dies() (
	"$bin/tests/parsers/read_corpus" "$@" && kill -KILL "$BASHPID"
)
shirks() { "$bin/tests/parsers/read_corpus" "$@" | sed '$d'; }

controls() {
	local reader test

	for reader in dies shirks; do
		for test in "whole dev" "whole own" heard told asked; do
			if $test >"$work/said" 2>&1 || ! grep -qE 'the reader died|not every row' "$work/said"; then
				echo "$test with a reader that $reader:" "$(tail -n 3 "$work/said")"
				return 1
			fi
		done
	done
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
# It is this script that is tried: once is enough.
[ -n "${KABAR_SANITIZED-}" ] || try "a reader that dies or leaves a row out is noticed" controls
tap_end
