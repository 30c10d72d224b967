#!/bin/bash
# Durable batches per second of the store, and queries of the store and of the flows on KABAR_BENCH_REPORTS reports over three years.
set -eu
. "${top_srcdir:?}/tests/conf.bash"
dir=$(mktemp -d "${KABAR_BENCH_DIR:-${TMPDIR:-/var/tmp}}/kabar-bench-XXXXXX")
trap 'rm -rf "$dir"' EXIT
"${top_builddir:?}/tests/bench/bench_store" "${top_srcdir:?}/conf/areas/wilayah.csv" \
	"${KABAR_BENCH_REPORTS:-1000000}" "$dir/kabar.db"
cat >"$dir/kabar.conf" <<-CONF
	[gateway]
	$(conf_paths)
	[smsc bench]
	host = 127.0.0.1
	system_id = kabar
	address = 2255
CONF
"$top_builddir/tests/bench/bench_flow" "$dir/kabar.conf" "$dir/kabar.db"
