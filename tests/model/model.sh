#!/bin/bash
# Random conversations of three phones counted as the rules say (COUNT sequences from SEED: model.sh [COUNT] [SEED]);
# the control, a program in which a session told again merges into the one that waits for YA, must be found out by
# conversations about sessions (among all of them it comes to that once in 5,000).
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
bin=${top_builddir:-.}
count=${1:-5000}
seed=${2:-1}
[ -z "${KABAR_SANITIZED:-}" ] || count=$((count / 10))
. "$src/tests/tap.sh"
export KABAR_DATA=$src/conf PYTHONDONTWRITEBYTECODE=1

model() {
	python3 "$src/tests/model/model.py" "$@" --seed "$seed"
}

found_out() {
	! model "$bin/tests/model/kabarctl_merging" --sequences "$((count / 5))" --most 1 --kinds pos,nihil_pos,yes,no,chat
}

try "$count random conversations are counted as the rules say" model "$bin/kabarctl" --sequences "$count"
try "a program that merges a session into the one that waits is found out" found_out
tap_end
