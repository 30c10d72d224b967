#!/bin/bash
# Random months of a kabupaten, played, and every count at every level and period set against an independent one
# (rules.py, written from the dictionary alone): how each report stands, the counts, answers to a question, and all that is
# kept counted again from the reports. Then the controls: with one rule of the independent count made wrong, the comparison
# must notice.   oracle.sh [MONTHS] [SEED]
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
src=$(cd "$src" && pwd)
ctl=${top_builddir:-.}/kabarctl
months=${1:-${ORACLE_MONTHS:-30}}
seed=${2:-${ORACLE_SEED:-1}}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
KABAR_DATA=$src/conf
export KABAR_DATA
. "$src/tests/tap.sh"

# one SEED ARGUMENTS...: three months
one() {
	local number=$1

	shift
	python3 "$src/tests/oracle/months.py" "$number" "$work" "$src/tests/play/data/areas.csv" "$@" >>"$work/figures" &&
	"$ctl" play "$work/$number.play" >"$work/out" 2>&1
}

agree() {
	local i

	: >"$work/figures"
	for ((i = 0; i < (months + 2) / 3; i++)); do
		one $((seed + i)) || { echo "seed $((seed + i)):"; head -n 3 "$work/out"; return 1; }
	done
}

# The export of a store against the same list: some of the seeds, for it takes a store that stays.
exports() {
	local i

	for ((i = 0; i < (months + 14) / 15; i++)); do
		one $((seed + 5 * i)) &&
		python3 "$src/tests/oracle/exported.py" "$ctl" "$work/$((seed + 5 * i)).play" "$work/$((seed + 5 * i)).csv" || return 1
	done
}

# Seeds are tried until one notices.
notices() {
	local i

	for ((i = 0; i < 40; i++)); do
		one $((7000 + i)) --fault "$1" || { grep -q expected "$work/out" || { cat "$work/out"; return 1; }; return 0; }
	done
	echo "40 times three months with this fault, and nothing was noticed"
	return 1
}

try "$months months: every count as counted independently" agree
try "the export says of each report what was told, and how it stands" exports
awk '{ m += $1; s += $3; c += $5 } END { printf "# %d months, %d messages, %d comparisons\n", m, s, c }' "$work/figures"
for fault in $(python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import rules; print(*rules.FAULTS)' \
	"$src/tests/oracle"); do
	try "control: $fault is noticed" notices "$fault"
done
tap_end
