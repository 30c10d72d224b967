#!/bin/bash
# Durable reports and replies per second over SMPP, at window 1 and 100, on a store with synchronous=FULL.
# KABAR_BENCH_DIR: where the store lies (its disk is what is measured); KABAR_BENCH_MESSAGES: how many.
set -eu
. "${top_srcdir:?}/tests/bench/gateway.bash"
messages=${KABAR_BENCH_MESSAGES:-20000}

people 1000
for window in 1 100; do
	operator 100 --load $((window == 1 ? messages / 10 : messages)) --window $window --senders 1000
	echo "== window $window"
	operator_ends
	gateway_ends
done
