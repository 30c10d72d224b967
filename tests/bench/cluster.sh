#!/bin/bash
# Durable reports and replies per second on a throw-away PostgreSQL, on fresh tables that were never analysed: one gateway
# with one worker and with two, two gateways whose senders are apart, and two whose senders are the same. Everything runs
# on this machine. A row each; at the end a line of JSON.
# KABAR_BENCH_MESSAGES: of each gateway (10,000); KABAR_BENCH_FSYNC=off: the processor is measured, not the disk;
# KABAR_BENCH_WINDOW (100); KABAR_BENCH_BATCH: messages in a transaction at most (256); KABAR_BENCH_WORKERS: of the second row (2); KABAR_BENCH_EACH: of each
# of the gateways in the last two (1); KABAR_BENCH_RUNS: which rows ("one more apart shared"); KABAR_BENCH_SHARE: per cent of
# one processor that each gateway may have (all of it), so that gateways are the limit and not the machine (root only).
set -eu
top=${top_srcdir:?} bin=${top_builddir:?}
. "$top/tests/conf.bash"
. "$top/tests/loud.bash"
dir=$(mktemp -d "${KABAR_BENCH_DIR:-${TMPDIR:-/var/tmp}}/kabar-cluster-XXXXXX")
chmod 755 "$dir"
messages=${KABAR_BENCH_MESSAGES:-10000} window=${KABAR_BENCH_WINDOW:-100}
json='' runs=0
declare -a gateways operators

clean_up() {
	local each

	for each in "${gateways[@]}" "${operators[@]}"; do kill "$each" 2>/dev/null || true; done
	"$top/tests/cluster.sh" stop "$dir/pg" immediate
	rm -rf "$dir"
	rmdir /sys/fs/cgroup/kabar-bench-? /sys/fs/cgroup/cpu/kabar-bench-? 2>/dev/null || true
}
trap clean_up EXIT

"$top/tests/cluster.sh" make "$dir/pg"
cat >>"$dir/pg/data/postgresql.conf" <<-CONF
	fsync = ${KABAR_BENCH_FSYNC:-on}
	shared_buffers = 256MB
	max_wal_size = 4GB
CONF
server=$("$top/tests/cluster.sh" start "$dir/pg")
postmaster=$(head -n 1 "$dir/pg/data/postmaster.pid")
echo "store on: $(df --output=source,fstype "$dir" | tail -n 1), fsync ${KABAR_BENCH_FSYNC:-on}, $(nproc) processors, share of each gateway ${KABAR_BENCH_SHARE:-100} %, load $(cut -d' ' -f1 /proc/loadavg)"

# One posyandu in every desa; 5,000 kader over the first half of them, 5,000 over the second.
awk -F, 'BEGIN { print "id,name,area" } $3 == "desa" || $3 == "kelurahan" { print $1 ".001,MELATI," $1 }' \
	"$top/conf/areas/wilayah.csv" >"$dir/posyandu.csv"
awk -F, 'BEGIN { print "phone,name,role,area,posyandu,language" } FNR > 1 { id[n] = $1; area[n++] = $3 }
	END { for (half = 0; half < 2; half++) for (i = 0; i < 5000; i++) {
		k = int(n / 2) * half + i * 7 % int(n / 2)
		printf "+6289%d000000%04d,KADER %d,kader,%s,%s,id\n", 9 - half, i, i, area[k], id[k] } }' \
	"$dir/posyandu.csv" >"$dir/people.csv"

# Clock ticks of a process, and of the server with all that it ever forked.
ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }
server_ticks() {
	{
		sed 's/.*) //' "/proc/$postmaster/stat" | awk '{ print $12 + $13 + $14 + $15 }'
		for each in $(ps -o pid= --ppid "$postmaster"); do ticks "$each"; done
	} 2>/dev/null | awk '{ sum += $1 } END { print sum }'
}
asked() { psql -qXAt -d "${server/dbname=postgres/dbname=bench_$runs}" -c "$1"; }

# held NAME: from here on the calling process has no more than its share of a processor.
held() {
	local period=20000 quota group=/sys/fs/cgroup

	[ -n "${KABAR_BENCH_SHARE-}" ] || return 0
	quota=$((period * KABAR_BENCH_SHARE / 100))
	if [ -f $group/cgroup.controllers ]; then
		group=$group/kabar-bench-$1
		mkdir -p "$group" && echo "$quota $period" >"$group/cpu.max"
	else
		group=$group/cpu/kabar-bench-$1
		mkdir -p "$group" && echo $period >"$group/cpu.cfs_period_us" && echo $quota >"$group/cpu.cfs_quota_us"
	fi && echo "$BASHPID" >"$group/cgroup.procs"
}

# conf NUMBER WORKERS: of a gateway.
conf() {
	{
		printf '[gateway]\nname = gw%s\ncontrol =\nquiet =\nlog_level = warn\n' "$1"
		conf_paths
		printf '[store]\npath = %s/gw%s.db\nkey = %s/key\nworkers = %s\n' "$dir" "$1" "$dir" "$2"
		printf 'driver = postgres\nconninfo = %s\n' "${server/dbname=postgres/dbname=bench_$runs}"
		printf '[limits]\nbatch = %s\n' "${KABAR_BENCH_BATCH:-256}"
		printf 'replies_per_sender_per_day = 100000\nreplies_per_day = 100000000\nquick_time = 0\n'
		printf '[smsc bench]\nhost = 127.0.0.1\nsystem_id = kabar\npassword = rahasia\naddress = 2255\n'
		printf 'window = %s\nrate = 0\nport = 1\n' "$window"
	} >"$dir/gw$1.conf"
}

# gateway NUMBER FIRST-REPORT SENDERS: its operator, and itself.
gateway() {
	local port

	mkfifo "$dir/port$1"
	"$bin/kabar-smsc" --port 0 --port-file "$dir/port$1" --load "$messages" --window "$window" --senders 5000 \
		--first "$2" --first-sender "$3" >"$dir/out$1" 2>"$dir/smsc$1.log" &
	operators+=($!)
	read -r port <"$dir/port$1"
	rm "$dir/port$1"
	sed -i "s/^port = 1\$/port = $port/" "$dir/gw$1.conf"
	{ held "$1" && exec "$bin/kabard" -c "$dir/gw$1.conf" -f 2>"$dir/kabard$1.log"; } &
	gateways+=($!)
}

# run NAME GATEWAYS WORKERS SENDERS-OF-THE-SECOND
run() {
	local count=$2 total=$((messages * $2)) before after=0 rate=0 each number hz row deadlocks batches

	runs=$((runs + 1))
	hz=$(getconf CLK_TCK)
	gateways=() operators=()
	psql -qX -d "$server" -c "CREATE DATABASE bench_$runs" >/dev/null
	for ((number = 1; number <= count; number++)); do conf "$number" "$3"; done
	rm -f "$dir"/key "$dir"/gw?.db*
	for each in "areas $top/conf/areas/wilayah.csv" "posyandu $dir/posyandu.csv" "people $dir/people.csv"; do
		"$bin/kabarctl" -c "$dir/gw1.conf" import $each >/dev/null
	done
	# what the imports cost is not in it
	until [ "$(asked "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")" = 1 ]; do :; done
	before=$(server_ticks)
	gateway 1 0 +62899000000
	[ "$count" -lt 2 ] || gateway 2 100000 "$4"
	for each in "${operators[@]}"; do wait "$each" || { echo "$1: the load was not answered whole"; tail -n 5 "$dir"/smsc?.log "$dir"/kabard?.log; }; done
	before=$(($(server_ticks) - before))
	for each in "${gateways[@]}"; do after=$((after + $(ticks "$each"))); done
	for each in "${gateways[@]}"; do kill "$each"; wait "$each" || echo "$1: kabard ended with status $?"; done
	rate=$(sed -n 's/.*\breplies_per_s=\([0-9.]*\).*/\1/p' "$dir"/out? | awk '{ sum += $1 } END { printf "%.0f", sum }')
	rm -f "$dir"/out?
	deadlocks=$(asked "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
	batches=$(asked 'SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()')
	row=$(awk -v hz="$hz" -v n="$total" -v gw="$after" -v pg="$before" 'BEGIN {
		printf "\"gateway_us\": %.0f, \"server_us\": %.0f", gw * 1e6 / hz / n, pg * 1e6 / hz / n }')
	row="\"replies_per_s\": $rate, $row, \"durable\": $(asked "SELECT count(*) FROM reports"), \"transactions\": $batches, \"deadlocks\": $deadlocks"
	json+="${json:+, }\"$1\": {$row}"
	printf '%-8s %s\n' "$1" "$row"
}

for each in ${KABAR_BENCH_RUNS:-one more apart shared}; do
	case $each in
	one) run one 1 1 ;;
	more) run more 1 "${KABAR_BENCH_WORKERS:-2}" ;;
	apart) run apart 2 "${KABAR_BENCH_EACH:-1}" +62898000000 ;;
	shared) run shared 2 "${KABAR_BENCH_EACH:-1}" +62899000000 ;;
	esac
done
echo "{$json}"
