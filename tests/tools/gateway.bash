# Shared by the tests of kabarctl beside a running gateway: a configuration, kabar-smsc with the script in $dir/script,
# kabard, and its end. Loaded by bats.
export dir=$BATS_FILE_TMPDIR
. "$top_srcdir/tests/conf.bash"

ctl() {
	"$top_builddir/kabarctl" -c "$dir/kabar.conf" "$@"
}

# configure [PORT]: of an operator that listens there.
configure() {
	cat >"$dir/kabar.conf" <<-CONF
		[gateway]
		name = uji
		timezone = Asia/Jakarta
		control = $dir/kabar.sock
		quiet =
		$(conf_paths)
		[store]
		path = $dir/kabar.db
		ballast = 1
		[smsc uji]
		host = 127.0.0.1
		port = ${1:-2775}
		system_id = kabar
		password = rahasia
		address = 2255
	CONF
}

# How long the script waits is a bound against hanging and promises nothing: beside other work the imports of a setup alone
# take longer than the simulator's own ten seconds.
operator_start() {
	local port
	sed -i -E '/^(wait|expect reply)/{/ within /!s/$/ within 300/}' "$dir/script"
	mkfifo "$dir/port"
	"$top_builddir/kabar-smsc" --port 0 --port-file "$dir/port" --script "$dir/script" >"$dir/smsc.out" 2>&1 3>&- &
	smsc=$!
	read -r port <"$dir/port"
	configure "$port"
}

# Until the operator's script is through: kabard is bound and has answered.
gateway_start() {
	[ -e "$dir/kabar.db" ] || ctl store init >/dev/null
	"$top_builddir/kabard" -c "$dir/kabar.conf" -f 2>"$dir/kabard.log" 3>&- &
	echo $! >"$dir/pid"
	wait "$smsc"
}

gateway_stop() {
	kill "$(cat "$dir/pid")" 2>/dev/null || true
}
