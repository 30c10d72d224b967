#!/bin/bash
# Two gateways of two workers each write the same desa and phones, in batches of 2, 16 and 64, until they have made
# KABAR_BATCHES (100,000): none of them may wait for another in a circle.
set -eu
. "${top_srcdir:?}/tests/loud.bash"
out=$(mktemp)
trap 'rm -f "$out"' EXIT
want=${KABAR_BATCHES:-100000} done=0 deadlocks=0
sizes=(2 16 2 64)
aside=5000 # transactions of imports and of looking, at most

for ((run = 0; done < want; run++)); do
	env KABAR_BENCH_RUNS=shared KABAR_BENCH_EACH=2 KABAR_BENCH_FSYNC=off KABAR_BENCH_BATCH="${sizes[run % 4]}" \
		KABAR_BENCH_MESSAGES="${KABAR_BENCH_MESSAGES:-20000}" "$top_srcdir/tests/bench/cluster.sh" >"$out" || { cat "$out"; exit 1; }
	row=$(tail -n 1 "$out")
	made=$(sed -n 's/.*"transactions": \([0-9]*\).*/\1/p' <<<"$row")
	met=$(sed -n 's/.*"deadlocks": \([0-9]*\).*/\1/p' <<<"$row")
	[ "$((made > aside))" = 1 ] || { echo "too few batches: $row"; exit 1; }
	done=$((done + made - aside)) deadlocks=$((deadlocks + met))
	echo "batches of ${sizes[run % 4]}: $row"
done
echo "$done batches, $deadlocks deadlocks"
[ "$deadlocks" = 0 ]
