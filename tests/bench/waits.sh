#!/bin/bash
# How long a gateway waits for the store while kabarctl imports, exports and purges: at most 50 ms.
# The store is that of `tests/bench/store.sh`, with KABAR_BENCH_REPORTS reports (200,000).
set -eu
. "${top_srcdir:?}/tests/conf.bash"
dir=$(mktemp -d "${KABAR_BENCH_DIR:-${TMPDIR:-/var/tmp}}/kabar-waits-XXXXXX")
trap 'rm -rf "$dir"' EXIT
areas=${top_srcdir:?}/conf/areas/wilayah.csv
"${top_builddir:?}/tests/bench/bench_store" "$areas" "${KABAR_BENCH_REPORTS:-200000}" "$dir/kabar.db" >"$dir/log"
cat >"$dir/kabar.conf" <<-CONF
	[gateway]
	$(conf_paths)
	[store]
	path = $dir/kabar.db
	[smsc bench]
	host = 127.0.0.1
	system_id = kabar
	address = 2255
CONF
sed '2,$s/$/ BARU/' "$areas" >"$dir/areas.csv"
awk -F, 'BEGIN { print "phone,name,role,area,posyandu,language" }
	$3 == "desa" { for (i = 0; i < 20; i++) if (n < 20000) printf "+62819%07d,KADER %d,kader,%s,,id\n", n++, n, $1 }' \
	"$areas" >"$dir/people.csv"

# beside COMMAND ...: what kabarctl does, and how the writer fares.
beside() {
	echo "kabarctl $*"
	"$top_builddir/tests/bench/bench_wait" "$dir/kabar.db" \
		"$top_builddir/kabarctl" -c "$dir/kabar.conf" "$@" | tail -n +2
}
beside import areas "$dir/areas.csv"
beside import people "$dir/people.csv"
beside export reports
beside purge --raw-older-than 90d
