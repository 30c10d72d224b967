#!/bin/bash
# USSD: many sessions open at once, a steady rate of steps, and how soon the screens come; store with synchronous=FULL.
# KABAR_BENCH_DIR: where the store lies (its disk is what is measured); KABAR_BENCH_SESSIONS, KABAR_BENCH_STEPS,
# KABAR_BENCH_RATE: how many.
set -eu
. "${top_srcdir:?}/tests/bench/gateway.bash"
sessions=${KABAR_BENCH_SESSIONS:-5000}
steps=${KABAR_BENCH_STEPS:-20000}

people "$sessions"
operator 1000 --dialect "$top/conf/dialects/standard.ini" --ussd-load "$steps" --rate "${KABAR_BENCH_RATE:-1000}" \
	--senders "$sessions" --window 1000
operator_ends
echo "kabard_rss_kb=$(awk '/^VmHWM/ { print $2 }' "/proc/$kabard/status")"
ticks=$(sed 's/.*) //' "/proc/$kabard/stat" | awk '{ print $12 + $13 }')
echo "kabard_cpu_us_per_step=$((ticks * 1000000 / $(getconf CLK_TCK) / (steps + sessions)))"
gateway_ends
