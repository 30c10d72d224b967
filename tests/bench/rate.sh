#!/bin/bash
# Durable reports and replies per second from 10,000 senders over 889 desa, beside Kannel with an HTTP service that keeps
# one row per message (SQLite, synchronous=FULL) when Kannel is installed. Runs alternate; medians; the ratio is the
# figure: the machine and its disk are in both. One table, and one line of JSON at the end.
# KABAR_BENCH_DIR: where the stores lie; KABAR_BENCH_MESSAGES: of a run; KABAR_BENCH_ROUNDS: runs of each.
set -eu
. "${top_srcdir:?}/tests/bench/gateway.bash"
messages=${KABAR_BENCH_MESSAGES:-20000}
rounds=${KABAR_BENCH_ROUNDS:-3}
json=
for program in bench_disk bench_service; do
	[ -x "$bin/tests/bench/$program" ] || { echo "tests/bench/$program is not built: make bench does" >&2; exit 1; }
done

# note NAME VALUE: a figure for the line of JSON.
note() {
	json+="${json:+, }\"$1\": ${2:-null}"
}
# value KEY FILE: of key=value words.
value() {
	tr ' ' '\n' <"$2" | sed -n "s/^$1=//p" | head -n 1
}
# percentile LINE PART FILE: "reply_ms p50=…".
percentile() {
	sed -n "s/^$1 .*\b$2=\([0-9.]*\).*/\1/p" "$3" | head -n 1
}
median() {
	sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'
}
free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
# per_report USER-TICKS: of the store's reports, in microseconds.
cpu_of() {
	sed 's/.*) //' "/proc/$1/stat" | awk -v hz="$(getconf CLK_TCK)" -v n="$2" \
		'{ printf "user %.0f kernel %.0f", $12 * 1e6 / hz / n, $13 * 1e6 / hz / n }'
}

# One posyandu in every desa, and 10,000 kader over them.
everywhere() {
	awk -F, 'BEGIN { print "id,name,area" } $3 == "desa" || $3 == "kelurahan" { print $1 ".001,MELATI," $1 }' \
		"$top/conf/areas/wilayah.csv" >"$dir/posyandu.csv"
	awk -F, 'BEGIN { print "phone,name,role,area,posyandu,language" } FNR > 1 { id[n] = $1; area[n++] = $3 }
		END { for (i = 0; i < 10000; i++)
			printf "+62899000000%04d,KADER %d,kader,%s,%s,id\n", i, i, area[i * 7 % n], id[i * 7 % n] }' \
		"$dir/posyandu.csv" >"$dir/people.csv"
	posyandu=$dir/posyandu.csv
}

# kabar OUT WINDOW MESSAGES [OPTION…]
kabar() {
	local out=$1 window=$2 count=$3

	shift 3
	operator "$window" --load "$count" --window "$window" --senders 10000 "$@" >"$out"
	operator_ends >>"$out"
	grep -h VmHWM "/proc/$kabard/status" | awk '{ print "rss_kb=" $2 }' >>"$out"
	cpu_of "$kabard" "$count" >"$out.cpu"
	gateway_ends >>"$out"
}

kannel_conf() {
	cat <<-CONF
		group = core
		admin-port = $(free_port)
		admin-password = bench
		smsbox-port = $1
		box-allow-ip = 127.0.0.1
		log-file = $dir/bearerbox.log
		log-level = 3

		group = smsc
		smsc = smpp
		smsc-id = bench
		host = 127.0.0.1
		port = $2
		transceiver-mode = true
		smsc-username = kabar
		smsc-password = rahasia
		system-type = ""
		max-pending-submits = $4

		group = smsbox
		bearerbox-host = 127.0.0.1
		global-sender = 2255
		log-file = $dir/smsbox.log
		log-level = 3

		group = sms-service
		keyword = default
		catch-all = true
		max-messages = 1
		get-url = "http://127.0.0.1:$3/?from=%p&text=%a"
	CONF
}

# kannel OUT WINDOW MESSAGES
kannel() {
	local out=$1 window=$2 count=$3 port box boxes

	boxes=$(free_port)
	rm -f "$dir"/service.db* "$dir/box"
	mkfifo "$dir/box" # its own: a pipe that it has not closed yet would end the next one's
	"$bin/tests/bench/bench_service" "$dir/service.db" "$dir/box" &
	service=$!
	read -r box <"$dir/box"
	"$bin/kabar-smsc" --port 0 --port-file "$dir/port" --load "$count" --window "$window" --senders 10000 \
		>"$out" 2>"$dir/smsc.log" &
	smsc=$!
	read -r port <"$dir/port"
	kannel_conf "$boxes" "$port" "$box" "$window" >"$dir/kannel.conf"
	/usr/sbin/bearerbox "$dir/kannel.conf" >/dev/null 2>&1 &
	bearerbox=$!
	# it gives up when nobody listens yet
	timeout 20 bash -c "until : <>/dev/tcp/127.0.0.1/$boxes; do :; done" 2>/dev/null || true
	/usr/sbin/smsbox "$dir/kannel.conf" >/dev/null 2>&1 &
	smsbox=$!
	wait "$smsc" || echo "Kannel did not answer all" >&2
	smsc=
	kannel_ends
	echo "rows=$(sqlite3 -readonly "$dir/service.db" 'SELECT count(*) FROM messages')" >>"$out"
}
kannel_ends() {
	local pid

	for pid in ${smsbox:-} ${bearerbox:-} ${service:-}; do
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
	smsbox='' bearerbox='' service=''
}
trap 'kannel_ends; clean_up' EXIT

row() {
	printf '%-26s %10s %10s %9s %9s %9s %9s  %s\n' "$@"
}

everywhere
"$bin/tests/bench/bench_disk" "$dir" 500 | tee "$dir/disk"
row '' reports/s replies/s 'rok p50' 'rok p99' 'reply p50' 'reply p99' 'us CPU per report'
for window in 1 10 1000; do
	kabar "$dir/out" $window $((window == 1 ? messages / 20 : messages))
	row "Kabar, window $window" "$(value accepted_per_s "$dir/out")" "$(value replies_per_s "$dir/out")" \
		"$(percentile rok_ms p50 "$dir/out")" "$(percentile rok_ms p99 "$dir/out")" \
		"$(percentile reply_ms p50 "$dir/out")" "$(percentile reply_ms p99 "$dir/out")" "$(cat "$dir/out.cpu")"
	note "replies_per_s_$window" "$(value replies_per_s "$dir/out")"
	note "rok_p50_ms_$window" "$(percentile rok_ms p50 "$dir/out")"
done
for rate in 200 1000; do
	kabar "$dir/out" 1000 $((rate * 10)) --rate $rate
	row "Kabar, $rate a second" '' '' \
		"$(percentile rok_ms p50 "$dir/out")" "$(percentile rok_ms p99 "$dir/out")" \
		"$(percentile reply_ms p50 "$dir/out")" "$(percentile reply_ms p99 "$dir/out")" "$(cat "$dir/out.cpu")"
	note "reply_p50_ms_at_$rate" "$(percentile reply_ms p50 "$dir/out")"
	note "reply_p99_ms_at_$rate" "$(percentile reply_ms p99 "$dir/out")"
done
for ((round = 1; round <= rounds; round++)); do
	kabar "$dir/out" 100 "$messages"
	row "Kabar, window 100" "$(value accepted_per_s "$dir/out")" "$(value replies_per_s "$dir/out")" \
		"$(percentile rok_ms p50 "$dir/out")" "$(percentile rok_ms p99 "$dir/out")" \
		"$(percentile reply_ms p50 "$dir/out")" "$(percentile reply_ms p99 "$dir/out")" "$(cat "$dir/out.cpu")"
	value replies_per_s "$dir/out" >>"$dir/kabar.rates"
	value rss_kb "$dir/out" >"$dir/rss"
	[ -x /usr/sbin/bearerbox ] || continue
	kannel "$dir/out" 100 "$messages"
	row "Kannel, window 100" "$(value accepted_per_s "$dir/out")" "$(value replies_per_s "$dir/out")" \
		"$(percentile rok_ms p50 "$dir/out")" "$(percentile rok_ms p99 "$dir/out")" \
		"$(percentile reply_ms p50 "$dir/out")" "$(percentile reply_ms p99 "$dir/out")" ''
	value replies_per_s "$dir/out" >>"$dir/kannel.rates"
done
ours=$(median <"$dir/kabar.rates")
note replies_per_s_100 "$ours"
note rss_kb "$(cat "$dir/rss")"
if [ -s "$dir/kannel.rates" ]; then
	theirs=$(median <"$dir/kannel.rates")
	ratio=$(awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "%.2f", a / b }')
	note kannel_replies_per_s_100 "$theirs"
	note ratio "$ratio"
	echo "ratio: $ratio (medians of $rounds alternating runs: $ours against $theirs)"
else
	echo "Kannel is not installed (apt-get install kannel): no ratio"
fi
echo "{$json}"
