#!/bin/bash
# z-scores of 3000 random children, and of the ages at the edges, against the WHO's tables evaluated here.
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
bin=${top_builddir:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$src/tests/tap.sh"
export top_srcdir=$src

scores() {
	python3 "$src/tests/parsers/growth.py" make 3000 "$1" >"$work/texts.tsv" &&
	"$bin/tests/parsers/read_corpus" <"$work/texts.tsv" >"$work/read.jsonl" &&
	python3 "$src/tests/parsers/growth.py" check "$work/texts.tsv" "$work/read.jsonl"
}

# A table that is off by a little is found out.
control() {
	cp -r "$src/conf" "$work/" && mkdir "$work/tests" && ln -s "$src/tests/corpus" "$work/tests/corpus" &&
	sed -i '500,520s/,\(1[0-9]\)\./,2\1./' "$work/conf/forms/who/weight_for_age.csv" &&
	python3 "$src/tests/parsers/growth.py" make 3000 1 >"$work/texts.tsv" &&
	top_srcdir=$work "$bin/tests/parsers/read_corpus" <"$work/texts.tsv" >"$work/read.jsonl" &&
	! python3 "$src/tests/parsers/growth.py" check "$work/texts.tsv" "$work/read.jsonl" >/dev/null
}

try "3000 children" scores 1
try "3000 others" scores 2
try "a wrong table would be seen" control
tap_end
