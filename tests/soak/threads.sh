#!/bin/bash
# A gateway under ThreadSanitizer with its load, then with USSD sessions, reloaded twice meanwhile: on SQLite and on
# PostgreSQL. Builds in build/threads. KABAR_THREADS_MESSAGES: of a run.
set -eu
top_srcdir=$(cd "${top_srcdir:?}" && pwd)
messages=${KABAR_THREADS_MESSAGES:-12000}
if [ -z "${KABAR_THREADS:-}" ]; then
	mkdir -p "$top_srcdir/build/threads" && cd "$top_srcdir/build/threads"
	[ -f config.status ] || ../../configure CFLAGS="-g -O1 -fsanitize=thread" >/dev/null
	make -j"$(nproc)" all >build.log 2>&1 || { tail -n 5 build.log; exit 1; }
	export top_srcdir top_builddir=$PWD KABAR_THREADS=1
	bash "$top_srcdir/tests/soak/threads.sh"
	exec "$top_srcdir/tests/cluster.sh" run bash "$top_srcdir/tests/soak/threads.sh"
fi
. "$top_srcdir/tests/bench/gateway.bash"
export TSAN_OPTIONS="log_path=$dir/race"
mkfifo "$dir/never"
workers=2 # on PostgreSQL

# load NAME OPTION…: one run of kabar-smsc with these options.
load() {
	local name=$1 second

	shift
	operator 100 "$@" >"$dir/out"
	for second in 1 3; do
		read -rt $second <>"$dir/never" || :
		kill -HUP "$kabard"
	done
	operator_ends >"$dir/end"
	gateway_ends
	cat "$dir/out" "$dir/end"
	[ ! -s "$dir/end" ] # all was answered
	! ls "$dir"/race.* 2>/dev/null || { head -n 80 "$dir"/race.*; exit 1; }
	echo "$name: no race"
}

people 2000
load messages --load "$messages" --window 100 --senders 2000
load screens --dialect "$top/conf/dialects/standard.ini" --ussd-load "$messages" --senders 2000 --window 100
