#!/bin/bash
# Questions composed from a grammar of what officers and bidan ask (questions.py): 97 of 100 read as meant, none by another
# indicator, place or period in silence. The control: without the words of causes and helpers, and of what stands between
# places, the same questions are not.   questions.sh [COUNT] [SEED]; in slices, each with a seed of its own.
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
bin=${top_builddir:-.}
slice=4000
count=${1:-${QUESTIONS:-4000}}
seed=${2:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$src/tests/tap.sh"

# scored TREE SEED: read with the forms and words of TREE/conf
scored() {
	python3 "$src/tests/soak/questions.py" "$slice" --seed "$2" > "$work/asked.tsv" &&
	top_srcdir=$1 "$bin/tests/parsers/read_corpus" < "$work/asked.tsv" > "$work/read.json" &&
	python3 "$src/tests/corpus/score.py" "$work/asked.tsv" "$work/read.json" -v --at-least 97 > "$work/score"
}

asked() {
	scored "$src" "$1" || {
		tail -40 "$work/score"
		return 1
	}
}

# A lexicon that has lost a few classes.
control() {
	mkdir -p "$work/tree/conf" "$work/tree/tests/corpus" &&
	cp -r "$src/tests/corpus/context" "$work/tree/tests/corpus" &&
	cp -r "$src/conf/areas" "$src/conf/forms" "$src/conf/lexicon" "$work/tree/conf" && chmod -R u+w "$work/tree" &&
	sed -i -E 's/^\[(dan_juga|sebelum_isian|rinci_isian)\]/[tak_\1]/' "$work/tree/conf/lexicon/queries.ini" &&
	! scored "$work/tree" "$seed"
}

for ((i = 0; i < count; i += slice)); do
	try "$slice questions, seed $((seed + i / slice)): read as meant, none of something else" asked "$((seed + i / slice))"
done
try "without some of its words the reader is found out" control
tap_end
