#!/bin/bash
# Durable batches per second of the store, and queries on KABAR_BENCH_REPORTS reports over three years.
set -eu
dir=$(mktemp -d "${KABAR_BENCH_DIR:-${TMPDIR:-/var/tmp}}/kabar-bench-XXXXXX")
trap 'rm -rf "$dir"' EXIT
"${top_builddir:?}/tests/bench/bench_store" "${top_srcdir:?}/conf/areas/wilayah.csv" \
	"${KABAR_BENCH_REPORTS:-1000000}" "$dir/kabar.db"
