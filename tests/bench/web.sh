#!/bin/bash
# Pages of kabar-web: how long they take, alone and while 20 people click. BENCH_MONTHS: how many months are filled.
exec perl "${top_srcdir:?}/tests/bench/web.pl"
