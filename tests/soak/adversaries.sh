#!/bin/bash
# The adversary at length: COUNT messages (200,000) in slices, each with a fresh seed.   adversaries.sh [COUNT] [SEED]
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
bin=${top_builddir:-.}
slice=20000
count=${1:-200000}
seed=${2:-${SOAK_SEED:-$(date +%s)}}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$src/tests/tap.sh"

judged() {
	python3 "$src/tests/soak/adversary.py" write "$slice" --seed "$1" > "$work/rows" &&
	top_srcdir=$src "$bin/tests/parsers/read_corpus" < "$work/rows" > "$work/readings" &&
	python3 "$src/tests/soak/adversary.py" judge "$work/rows" "$work/readings"
}

for ((i = 0; i < count / slice; i++)); do
	try "$slice messages, seed $((seed + i)): none misread in silence" judged "$((seed + i))"
done
tap_end
