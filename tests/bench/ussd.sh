#!/bin/bash
# USSD: many sessions open at once, a steady rate of steps, and how soon the screens come; store with synchronous=FULL.
# KABAR_BENCH_DIR: where the store lies (its disk is what is measured); KABAR_BENCH_SESSIONS, KABAR_BENCH_STEPS,
# KABAR_BENCH_RATE: how many.
set -eu
top=${top_srcdir:?}
bin=${top_builddir:?}
sessions=${KABAR_BENCH_SESSIONS:-5000}
steps=${KABAR_BENCH_STEPS:-20000}
rate=${KABAR_BENCH_RATE:-1000}
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
awk -F, -v sessions="$sessions" 'BEGIN { print "phone,name,role,area,posyandu,language" }
	FNR > 1 { id[n] = $1; area[n++] = $3 }
	END { for (i = 0; i < sessions; i++)
		printf "+62899000000%04d,KADER %d,kader,%s,%s,id\n", i, i, area[i * 7 % n], id[i * 7 % n] }' \
	"$top/conf/sample/posyandu.csv" >"$dir/people.csv"
"$bin/kabar-smsc" --port 0 --port-file "$dir/port" --dialect "$top/conf/dialects/standard.ini" --ussd-load "$steps" \
	--rate "$rate" --senders "$sessions" --window 1000 2>"$dir/smsc.log" &
smsc=$!
read -r port <"$dir/port"
{
	printf '[gateway]\nname = bench\ncontrol =\nlog_level = warn\n'
	for kind in forms menus messages lexicon dialects; do
		printf '%s = %s/conf/%s\n' "$kind" "$top" "$kind"
	done
	printf '[store]\npath = %s/kabar.db\n' "$dir"
	printf '[limits]\nreplies_per_sender_per_day = 100000\nreplies_per_day = 100000000\n'
	printf '[smsc bench]\nhost = 127.0.0.1\nport = %s\nsystem_id = kabar\npassword = rahasia\naddress = 2255\n' "$port"
	printf 'window = 1000\nrate = 0\nussd_code = *355#\n'
} >"$dir/kabar.conf"
"$bin/kabarctl" -c "$dir/kabar.conf" import areas "$top/conf/areas/wilayah.csv" >/dev/null
"$bin/kabarctl" -c "$dir/kabar.conf" import posyandu "$top/conf/sample/posyandu.csv" >/dev/null
"$bin/kabarctl" -c "$dir/kabar.conf" import people "$dir/people.csv" >/dev/null
"$bin/kabard" -c "$dir/kabar.conf" -f 2>"$dir/kabard.log" &
kabard=$!
echo "store on: $(df --output=source,fstype "$dir" | tail -n 1)"
wait "$smsc" || { echo "the load was not answered whole"; tail -n 5 "$dir/smsc.log" "$dir/kabard.log"; }
smsc=
echo "kabard_rss_kb=$(awk '/^VmHWM/ { print $2 }' "/proc/$kabard/status")"
ticks=$(sed 's/.*) //' "/proc/$kabard/stat" | awk '{ print $12 + $13 }')
echo "kabard_cpu_us_per_step=$((ticks * 1000000 / $(getconf CLK_TCK) / (steps + sessions)))"
kill "$kabard"
wait "$kabard" || echo "kabard ended with status $?"
kabard=
echo "durable_reports=$(sqlite3 -readonly "$dir/kabar.db" \
	"SELECT count(*) FROM reports WHERE status IN ('accepted', 'verified')")"
