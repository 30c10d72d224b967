#!/bin/bash
# The adversary: known reports changed by what people do (year left out, l for 1, hedged, told twice, talk and remarks
# around, counts in front of their keys ...). None may be misread in silence. A negative control: without the words of
# doubt, or with a mark of the reader's rules taken out of the lexicon, the same messages must show it.
#   adversary.sh [COUNT] [SEED]
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
bin=${top_builddir:-.}
count=${1:-${ADVERSARY_COUNT:-6000}}
seed=${2:-${SOAK_SEED:-1}}
soak=$src/tests/soak
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$src/tests/tap.sh"

# told SEED: messages in $work/SEED.tsv and what is read of them
told() {
	python3 "$soak/adversary.py" write "$count" --seed "$1" > "$work/$1.tsv" &&
	top_srcdir=$src "$bin/tests/parsers/read_corpus" < "$work/$1.tsv" > "$work/$1.json"
}

judged() {
	told "$1" && python3 "$soak/adversary.py" judge "$work/$1.tsv" "$work/$1.json"
}

# Two reports in one SMS: neither goes without a word.
paired() {
	python3 "$soak/pairs.py" write 2000 --seed "$seed" > "$work/pairs.tsv" &&
	top_srcdir=$src "$bin/tests/parsers/read_corpus" < "$work/pairs.tsv" > "$work/pairs.json" &&
	python3 "$soak/pairs.py" judge "$work/pairs.tsv" "$work/pairs.json" --lost 3.5
}

same_again() {
	python3 "$soak/adversary.py" write 300 --seed 7 > "$work/a" &&
	python3 "$soak/adversary.py" write 300 --seed 7 | cmp - "$work/a" &&
	! python3 "$soak/adversary.py" write 300 --seed 8 | cmp -s - "$work/a"
}

# planted NAME SED: a reader whose lexicon was changed; the adversary has to find what it then misreads
planted() {
	local tree=$work/tree

	rm -rf "$tree"
	mkdir -p "$tree/tests/corpus" && cp -r "$src/tests/corpus/context" "$tree/tests/corpus" && mkdir "$tree/conf" &&
	cp -r "$src/conf/areas" "$src/conf/forms" "$src/conf/lexicon" "$tree/conf" && chmod -R u+w "$tree" &&
	sed -i -E "$1" "$tree"/conf/lexicon/*.ini && ! diff -rq "$src/conf/lexicon" "$tree/conf/lexicon" > /dev/null &&
	top_srcdir=$tree "$bin/tests/parsers/read_corpus" < "$work/$seed.tsv" > "$work/planted.json" &&
	! python3 "$soak/adversary.py" judge "$work/$seed.tsv" "$work/planted.json" > "$work/score" &&
	tail -1 "$work/score" | grep -qE ' [1-9][0-9]* misread in silence'
}

try "$count messages: none misread in silence, few asked without need" judged "$seed"
try "of two reports in one SMS none is lost without a word" paired
try "the same seed tells the same, another seed something else" same_again
try "a reader that takes hedged amounts is found out" planted 's/^(tak_pasti|atau|antara) +=.*/\1 = zzdoubt\1/'
try "a reader that knows no day of birth is found out" planted 's/^mati = lahir, lhr,.*/mati = zzbirth/'
tap_end
