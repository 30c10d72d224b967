#!/bin/bash
# Durable reports and replies per second over SMPP, at window 1 and 100, on a store with synchronous=FULL.
# KABAR_BENCH_DIR: where the store lies (its disk is what is measured); KABAR_BENCH_MESSAGES: how many.
set -eu
top=${top_srcdir:?}
bin=${top_builddir:?}
messages=${KABAR_BENCH_MESSAGES:-20000}
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

configuration() {
	cat <<-CONF
		[gateway]
		name = bench
		control =
		log_level = warn
		forms = $top/conf/forms
		menus = $top/conf/menus
		messages = $top/conf/messages
		lexicon = $top/conf/lexicon
		dialects = $top/conf/dialects
		[store]
		path = $dir/kabar.db
		[limits]
		replies_per_sender_per_day = 100000
		replies_per_day = 100000000
		[smsc bench]
		host = 127.0.0.1
		port = $1
		system_id = kabar
		password = rahasia
		address = 2255
		window = 100
		rate = 0
	CONF
}

# One run: window, messages.
run() {
	rm -f "$dir"/kabar.db*
	"$bin/kabar-smsc" --port 0 --port-file "$dir/port" --load "$2" --window "$1" --senders 1000 --pid-file "$dir/pid" \
		2>"$dir/smsc.log" &
	smsc=$!
	read -r port <"$dir/port"
	configuration "$port" >"$dir/kabar.conf"
	"$bin/kabarctl" -c "$dir/kabar.conf" import areas "$top/conf/areas/wilayah.csv" >/dev/null
	"$bin/kabarctl" -c "$dir/kabar.conf" import posyandu "$top/conf/sample/posyandu.csv" >/dev/null
	"$bin/kabarctl" -c "$dir/kabar.conf" import people "$dir/people.csv" >/dev/null
	"$bin/kabard" -c "$dir/kabar.conf" -f 2>"$dir/kabard.log" &
	kabard=$!
	echo "$kabard" >"$dir/pid"
	echo "== window $1"
	wait "$smsc" || { echo "the load was not answered whole"; tail -n 5 "$dir/smsc.log" "$dir/kabard.log"; }
	smsc=
	kill "$kabard"
	wait "$kabard" || echo "kabard ended with status $?"
	kabard=
	echo "durable_reports=$(sqlite3 -readonly "$dir/kabar.db" \
		"SELECT count(*) FROM reports WHERE status IN ('accepted', 'verified')")"
}

mkfifo "$dir/port"
# A thousand kader, spread over the posyandu of the sample.
awk -F, 'BEGIN { print "phone,name,role,area,posyandu,language" }
	FNR > 1 { id[n] = $1; area[n++] = $3 }
	END { for (i = 0; i < 1000; i++) printf "+62899000000%04d,KADER %d,kader,%s,%s,id\n", i, i, area[i * 7 % n], id[i * 7 % n] }' \
	"$top/conf/sample/posyandu.csv" >"$dir/people.csv"
echo "store on: $(df --output=source,fstype "$dir" | tail -n 1)"
run 1 $((messages / 10))
run 100 "$messages"
