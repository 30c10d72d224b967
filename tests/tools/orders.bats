# Orders to a running gateway: links down, paused and up again, what is logged; doctor beside it.

load gateway

setup_file() {
	configure
	mkfifo "$dir/port" "$dir/phones"
	"$top_builddir/kabar-smsc" --port 0 --port-file "$dir/port" <"$dir/phones" >"$dir/smsc.out" 2>&1 3>&- &
	echo $! >"$dir/smsc.pid"
	tail -f /dev/null >"$dir/phones" 3>&- & # the phones stay on
	echo $! >"$dir/phones.pid"
	read -r port <"$dir/port"
	configure "$port"
	chmod 640 "$dir/kabar.conf"
	ctl store init >/dev/null
	"$top_builddir/kabard" -c "$dir/kabar.conf" -f 2>"$dir/kabard.log" 3>&- &
	echo $! >"$dir/pid"
	until_state bound
}

teardown_file() {
	kill "$(cat "$dir/pid")" "$(cat "$dir/smsc.pid")" "$(cat "$dir/phones.pid")"
}

# The link's state, and its order.
link() {
	ctl status --json 2>/dev/null | python3 -c 'import json, sys
link = json.load(sys.stdin)["links"][0]
print(link["state"], link["order"])' 2>/dev/null
}

until_state() {
	for ((i = 0; i < 400; i++)); do
		[[ $(link) != "$1"* ]] || return 0
	done
	echo "the link is $(link), not $1"
	return 1
}

condition() {
	ctl status --json | python3 -c 'import json, sys
print([row["name"] for row in json.load(sys.stdin)["conditions"]])'
}

@test "a link goes down and stays down over a reload, and comes up again" {
	run ctl link down uji
	[ "$status" -eq 0 ]
	until_state stopped
	run ctl reload
	[ "$status" -eq 0 ]
	[[ $(link) == 'stopped down' ]]
	[[ $(condition) == *link-held* ]]
	run ctl status
	[ "$status" -eq 1 ]
	[[ $output == *'by order of kabarctl: uji down'* ]]
	run ctl link up uji
	[ "$status" -eq 0 ]
	until_state 'bound up'
}

@test "a paused link stays bound and sends nothing until it is up" {
	local waiting

	run ctl link pause uji
	[ "$status" -eq 0 ]
	until_state 'bound pause'
	[[ $(condition) == *link-held* ]]
	echo '+6281200000001: LAHIR ?' >"$dir/phones"
	for ((i = 0; i < 400; i++)); do
		waiting=$(ctl status --json | python3 -c 'import json, sys
status = json.load(sys.stdin)
print(status["messages_acknowledged"], status["replies_sent"])')
		[ "$waiting" != '1 0' ] || break
	done
	[ "$waiting" = '1 0' ]
	run ctl link up uji
	for ((i = 0; i < 400; i++)); do
		! ctl status --json | grep -q '"replies_sent":1,' || break
	done
	ctl status --json | grep -q '"replies_sent":1,'
}

@test "an unknown link, an unknown order" {
	run ctl link down none
	[ "$status" -eq 1 ]
	[[ $output == *'there is no link "none"'* ]]
	run ctl link sideways uji
	[ "$status" -eq 2 ]
}

@test "what is logged changes at once, and back with a reload" {
	[ "$(ctl log level)" = info ]
	[ "$(ctl log level debug)" = debug ]
	[ "$(ctl log level)" = debug ]
	run ctl log level loud
	[ "$status" -eq 1 ]
	[[ $output == *'"loud" is none of error, warn, info, debug'* ]]
	ctl reload
	[ "$(ctl log level)" = info ]
}

@test "doctor beside a running gateway: green, but for what this machine lacks" {
	ctl backup "$dir/b.db"
	run ctl doctor
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *'ok    kabard: runs and is healthy'* ]]
	[[ $output == *'ok    link: uji is bound'* ]]
	[[ $output == *'ok    versions: kabarctl '* ]]
	[ -z "$(grep '^warn' <<<"$output" | grep -v '^warn  clock')" ]
}

@test "orders are in the audit trail with who gave them" {
	[ "$(sqlite3 -readonly "$dir/kabar.db" "SELECT count(*) FROM audit WHERE action IN ('link', 'log level') AND actor LIKE 'kabarctl:%'")" -ge 4 ]
	run ctl verify
	[ "$status" -eq 0 ]
}
