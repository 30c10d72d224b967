# Shared by the benches of a running gateway: a directory on the disk that is measured, kabar-smsc as the operator, a
# store with people, kabard, and their end. Sourced.
top=${top_srcdir:?}
. "$top/tests/conf.bash"
. "$top/tests/loud.bash"
bin=${top_builddir:?}
dir=$(mktemp -d "${KABAR_BENCH_DIR:-${TMPDIR:-/var/tmp}}/kabar-bench-XXXXXX")
kabard=
smsc=

clean_up() {
	[ -z "$kabard" ] || kill "$kabard" 2>/dev/null || true
	[ -z "$smsc" ] || kill "$smsc" 2>/dev/null || true
	wait
	rm -rf "$dir"
}
trap clean_up EXIT
mkfifo "$dir/port"
echo "store on: $(df --output=source,fstype "$dir" | tail -n 1)"

# people N: so many kader, spread over the posyandu of the sample.
people() {
	awk -F, -v count="$1" 'BEGIN { print "phone,name,role,area,posyandu,language" }
		FNR > 1 { id[n] = $1; area[n++] = $3 }
		END { for (i = 0; i < count; i++)
			printf "+62899000000%04d,KADER %d,kader,%s,%s,id\n", i, i, area[i * 7 % n], id[i * 7 % n] }' \
		"$top/conf/sample/posyandu.csv" >"$dir/people.csv"
}

# An empty database of the cluster (tests/cluster.sh run tests/bench/smpp.sh): without fsync it measures the processor.
stores=0
postgres_store() {
	stores=$((stores + 1))
	psql -qX -d "$KABAR_TEST_POSTGRES" -c "CREATE DATABASE bench_$stores" >&2
	printf 'driver = postgres\nconninfo = %s\n' "${KABAR_TEST_POSTGRES/dbname=postgres/dbname=bench_$stores}"
	printf 'key = %s/kabar.db.key\nworkers = %s\n' "$dir" "${workers:-1}"
}

# operator WINDOW OPTION…: kabar-smsc with these options, and a kabard with this window on a new store.
operator() {
	local window=$1 port kind
	shift
	rm -f "$dir"/kabar.db*
	{
		printf '[gateway]\nname = bench\ncontrol =\nquiet =\nlog_level = warn\n'
		conf_paths
		printf '[store]\npath = %s/kabar.db\n' "$dir"
		[ -z "${KABAR_TEST_POSTGRES:-}" ] || postgres_store
		printf '[limits]\nreplies_per_sender_per_day = 100000\nreplies_per_day = 100000000\nquick_time = 0\n'
		printf '[smsc bench]\nhost = 127.0.0.1\nsystem_id = kabar\npassword = rahasia\naddress = 2255\n'
		printf 'window = %s\nrate = 0\nussd_code = *355#\nport = 1\n' "$window"
	} >"$dir/kabar.conf"
	for kind in "areas:$top/conf/areas/wilayah.csv" "posyandu:${posyandu:-$top/conf/sample/posyandu.csv}"; do
		"$bin/kabarctl" -c "$dir/kabar.conf" import "${kind%%:*}" "${kind#*:}" >/dev/null
	done
	"$bin/kabarctl" -c "$dir/kabar.conf" import people "$dir/people.csv" >/dev/null
	# it gives up when nobody comes: not before the lists are in
	"$bin/kabar-smsc" --port 0 --port-file "$dir/port" --pid-file "$dir/pid" "$@" 2>"$dir/smsc.log" &
	smsc=$!
	read -r port <"$dir/port"
	sed -i "s/^port = 1\$/port = $port/" "$dir/kabar.conf"
	"$bin/kabard" -c "$dir/kabar.conf" -f 2>"$dir/kabard.log" &
	kabard=$!
	echo "$kabard" >"$dir/pid"
}

# The operator has said all that it wanted.
operator_ends() {
	wait "$smsc" || { echo "the load was not answered whole"; tail -n 5 "$dir/smsc.log" "$dir/kabard.log"; }
	smsc=
}

gateway_ends() {
	kill "$kabard" || tail -n 5 "$dir/kabard.log"
	wait "$kabard" || echo "kabard ended with status $?"
	kabard=
	local count="SELECT count(*) FROM reports WHERE status IN ('accepted', 'verified')"
	if [ -n "${KABAR_TEST_POSTGRES:-}" ]; then
		echo "durable_reports=$(psql -qXAt -d "${KABAR_TEST_POSTGRES/dbname=postgres/dbname=bench_$stores}" -c "$count")"
	else
		echo "durable_reports=$(sqlite3 -readonly "$dir/kabar.db" "$count")"
	fi
}
