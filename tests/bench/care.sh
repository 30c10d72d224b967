#!/bin/bash
# What a weighing costs beside a birth (processor time, rows), and how long the prevalence of a kabupaten takes, with
# KABAR_BENCH_CHILDREN children weighed twelve times. On PostgreSQL when run by tests/cluster.sh.
set -eu
. "${top_srcdir:?}/tests/conf.bash"
bin=${top_builddir:?}
children=${KABAR_BENCH_CHILDREN:-100000}
dir=$(mktemp -d "${KABAR_BENCH_DIR:-${TMPDIR:-/var/tmp}}/kabar-bench-XXXXXX")
trap 'rm -rf "$dir"' EXIT
store=$dir/kabar.db
driver="path = $store"
if [ -n "${KABAR_TEST_POSTGRES:-}" ]; then
	psql -qX -d "$KABAR_TEST_POSTGRES" -c "CREATE DATABASE bench_care" >&2
	store=${KABAR_TEST_POSTGRES/dbname=postgres/dbname=bench_care}
	driver=$(printf 'driver = postgres\nconninfo = %s' "$store")
fi
cat >"$dir/kabar.conf" <<-CONF
	[gateway]
	quiet =
	$(conf_paths)
	[store]
	$driver
	key = $dir/kabar.conf.key
	[smsc bench]
	host = 127.0.0.1
	system_id = kabar
	address = 2255
CONF
# four posyandu in every desa, a kader for each, a bidan, and one who asks
awk -F, 'BEGIN { print "id,name,area"; split("MELATI MAWAR ANGGREK KENANGA", name, " ") }
	$3 == "desa" || $3 == "kelurahan" { for (i = 1; i <= 4; i++) print $1 ".00" i "," name[i] "," $1 }' \
	"$top_srcdir/conf/areas/wilayah.csv" >"$dir/posyandu.csv"
places=${KABAR_BENCH_PLACES:-$((children / 28))} # so many children each
[ "$places" -lt "$(wc -l <"$dir/posyandu.csv")" ] || places=$(($(wc -l <"$dir/posyandu.csv") - 1))
awk -F, 'BEGIN { print "phone,name,role,area,posyandu,language" }
	FNR > 1 { printf "+6289900%06d,KADER %d,kader,%s,%s,id\n", n++, n, $3, $1 }
	FNR > 1 && !($3 in there) { printf "+6289922%06d,BIDAN %d,bidan,%s,,id\n", ++desa, desa, $3; there[$3] = 1 }
	END { print "+6289911000001,DINA,dinkes,35.03,,id" }' "$dir/posyandu.csv" >"$dir/people.csv"
for kind in "areas $top_srcdir/conf/areas/wilayah.csv" "posyandu $dir/posyandu.csv" "people $dir/people.csv"; do
	"$bin/kabarctl" -c "$dir/kabar.conf" import ${kind% *} "${kind#* }" >/dev/null
done
echo "$children children, $places posyandu"
months=${KABAR_BENCH_MONTHS:-12} born=${KABAR_BENCH_BIRTHS:-20000}
measure() { ${KABAR_BENCH_UNDER:-} "$bin/tests/bench/bench_care" "$dir/kabar.conf" "$store" "$places" "$children" "$@"; }
echo "all months but the last, one after the other (a child's first weighing and births in an empty store are among them):"
measure "$((months - 1))" "$born" 0
echo "the last month and as many births in the same store, in turns:"
measure "$months" "$born" "${KABAR_BENCH_ASKED:-500}" "$((months - 1))"
