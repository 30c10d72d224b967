#!/bin/sh
# A throw-away cluster of PostgreSQL: in a directory of its own, on a Unix socket alone, never as root.
#   cluster.sh run COMMAND...   makes one, runs the command with KABAR_TEST_POSTGRES, throws it away
#   cluster.sh make DIR         an empty one; its settings are in DIR/data/postgresql.conf
#   cluster.sh start DIR        and prints how to connect
#   cluster.sh stop DIR [MODE]  smart, fast or immediate
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(pg_config --bindir)

# As the owner of the directory.
as_owner() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid="$(stat -c %u "$dir")" --regid="$(stat -c %g "$dir")" --clear-groups "$@"
	else
		"$@"
	fi
}

make_one() {
	mkdir -p "$dir"
	[ "$(id -u)" -ne 0 ] || chown nobody:nogroup "$dir"
	cd "$dir"
	as_owner "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir.log" 2>&1 ||
		{ cat "$dir.log" >&2; return 1; }
	mv "$dir.log" "$dir/initdb.log"
	cat >>"$dir/data/postgresql.conf" <<-END
	listen_addresses = ''
	unix_socket_directories = '$dir'
	shared_buffers = 64MB
	max_connections = 60
	log_line_prefix = '%m [%p] '
	END
}

start() {
	cd "$dir"
	as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 start >/dev/null ||
		{ tail -n 20 "$dir/log" >&2; return 1; }
	echo "host=$dir dbname=postgres user=postgres"
}

stop() {
	cd "$dir"
	as_owner "$bin/pg_ctl" -D "$dir/data" -m "$1" -w stop >/dev/null 2>&1 || true
}

verb=$1
shift
case $verb in
run)
	dir=$(mktemp -d "${TMPDIR:-/tmp}/kabar-pg-XXXXXX")
	trap 'stop immediate; cd /; rm -rf "$dir" "$dir.log"' EXIT
	trap 'exit 1' HUP INT TERM
	chmod 755 "$dir"
	back=$PWD
	make_one
	# What a machine does after a power cut is not tested with this one.
	echo 'fsync = off' >>"$dir/data/postgresql.conf"
	KABAR_TEST_POSTGRES=$(start)
	export KABAR_TEST_POSTGRES
	cd "$back"
	"$@"
	;;
make) dir=$1 && make_one ;;
start) dir=$1 && start ;;
stop) dir=$1 && stop "${2:-fast}" ;;
*) echo "cluster.sh: run, make, start or stop" >&2 && exit 2 ;;
esac
