#!/bin/bash
# Builds Kabar, starts it with sample data (Kabupaten Trenggalek, filled with months of reports) and a simulated operator,
# plays conversations, and opens the district's window in the browser. Then the phones are yours; with --once it ends, with
# status 0 when every message was answered as expected and every page was there.
set -u
cd "$(dirname "$0")" || exit 1
top=$PWD
once=no
case "${1-}" in
--once) once=yes ;;
'') ;;
*)
	echo "usage: ./demo.sh [--once]"
	exit 2
	;;
esac
. tests/packages.sh

# KABAR_BIN: a directory with the programs, when they are built already. A tree that was configured in place is built there:
# automake refuses to build it anywhere else.
here=$top/build/plain
[ ! -f "$top/config.status" ] || here=$top
bin=${KABAR_BIN:-$here}
dir=$(mktemp -d "${TMPDIR:-/tmp}/kabar-demo-XXXXXX") || exit 1
kabard=
smsc=
web=
password=contoh-trenggalek

clean_up() {
	[ -z "$smsc" ] || kill "$smsc" 2>/dev/null
	[ -z "$web" ] || kill "$web" 2>/dev/null
	[ -z "$kabard" ] || kill "$kabard" 2>/dev/null
	wait 2>/dev/null
	rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

build() {
	# shellcheck disable=SC2086 # a list of words
	packages_install $PACKAGES_BUILD || return 1
	./autogen.sh && mkdir -p "$bin" && cd "$bin" &&
		{ [ -f config.status ] || "$top/configure" --enable-werror; } &&
		make -j"$(nproc)" kabard kabarctl kabar-smsc kabar-web
}

configuration() {
	cat <<-CONF
		[gateway]
		name = demo
		control = $dir/kabar.sock
		quiet =
		log_level = warn
		forms = $top/conf/forms
		menus = $top/conf/menus
		messages = $top/conf/messages
		lexicon = $top/conf/lexicon
		dialects = $top/conf/dialects
		[store]
		path = $dir/kabar.db
		[web]
		listen = 127.0.0.1:0
		assets = $top/web/assets
		[smsc demo]
		host = 127.0.0.1
		port = $1
		system_id = kabar
		password = rahasia
		address = 2255
		ussd_code = *355#
	CONF
}

ctl() {
	"$bin/kabarctl" -c "$dir/kabar.conf" "$@"
}

if [ -z "${KABAR_BIN-}" ]; then
	echo "building (about a minute) ..."
	(build) >"$dir/build.log" 2>&1 </dev/null || {
		tail -n 40 "$dir/build.log"
		echo "the build failed"
		exit 1
	}
fi

configuration 1 >"$dir/kabar.conf"
ctl import areas "$top/conf/areas/wilayah.csv" &&
	ctl import puskesmas "$top/conf/sample/puskesmas.csv" &&
	ctl import posyandu "$top/conf/sample/posyandu.csv" &&
	ctl import people "$top/conf/sample/people.csv" || exit 1
ctl import peta "$top/conf/peta/35.03.geojson" || exit 1
echo "$password" | ctl user add dinkes --role dinkes --area 35.03 --name "Dinas Kesehatan" || exit 1
months=3
[ "$once" = no ] || months=1
echo "filling $months months of reports ..."
ctl sample fill --months "$months" || exit 1
# The operator listens first, so that its port is known; it waits for kabard to bind.
mkfifo "$dir/port"
"$bin/kabar-smsc" --port 0 --port-file "$dir/port" --dialect "$top/conf/dialects/standard.ini" --system-id kabar --password rahasia \
	--script "$top/conf/sample/demo.script" 2>"$dir/smsc.log" &
smsc=$!
read -r port <"$dir/port"
configuration "$port" >"$dir/kabar.conf"
"$bin/kabard" -c "$dir/kabar.conf" -f 2>"$dir/kabard.log" &
kabard=$!

"$bin/kabar-web" -c "$dir/kabar.conf" -p "$dir/web.port" 2>"$dir/web.log" &
web=$!

wait "$smsc"
status=$?
smsc=
if [ "$status" -ne 0 ]; then
	echo "--- kabard said:"
	tail -n 20 "$dir/kabard.log"
fi
until [ -s "$dir/web.port" ] || ! kill -0 "$web" 2>/dev/null; do read -r -t 0.1 <>"$dir/port"; done
address=http://127.0.0.1:$(cat "$dir/web.port" 2>/dev/null)
if [ "$once" = yes ]; then
	echo "pages of $address:"
	perl "$top/tests/web/fetch.pl" "$address" dinkes "$password" / /pws /kematian /kelengkapan /laporan /kotak-masuk \
		/pendaftaran /triwulan /sambungan /latihan "/pws?unduh=xlsx" || { cat "$dir/web.log"; status=1; }
else
	echo
	echo "The district's window: $address  account dinkes, password $password"
	echo "Now you: the phones of the sample are +6281200000001 (kader), ...03 (bidan), ...20 (dinkes)."
	"$bin/kabar-smsc" --port "$port" --dialect "$top/conf/dialects/standard.ini" --system-id kabar --password rahasia
	status=$?
fi
kill "$kabard" 2>/dev/null
wait "$kabard"
ended=$?
kabard=
[ "$ended" -eq 0 ] || { echo "kabard ended with status $ended"; status=1; }
exit "$status"
