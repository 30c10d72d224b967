# What kabarctl config check proves of kabar.conf beyond names and types: the look of values, and what this machine has.

load gateway

setup() {
	dir=$BATS_TEST_TMPDIR
	configure
	chmod 640 "$dir/kabar.conf"
	"$top_builddir/kabarctl" -c "$dir/kabar.conf" store init >/dev/null
}

# option SECTION KEY VALUE: written into kabar.conf.
option() {
	sed -i "s|^\[$1\]$|&\n$2 = $3|" "$dir/kabar.conf"
	grep -q "^\[$1\]$" "$dir/kabar.conf" || printf '[%s]\n%s = %s\n' "$1" "$2" "$3" >>"$dir/kabar.conf"
}

# good: no error. bad TEXT: one error or more, one of which says so, with its line.
good() {
	run ctl config check
	echo "$output"
	[ "$status" -eq 0 ]
}
bad() {
	run ctl config check
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *kabar.conf:[0-9]*": $1"* ]]
}

@test "the configuration of the tests is good, without a note" {
	good
	[[ $output != *note:* ]]
}

@test "an http address without a port, with a word, with a port too large" {
	for value in 127.0.0.1 8355 127.0.0.1: :8355 'here:8355' 127.0.0.1:83550 '127.0.0.1:80 80'; do
		configure
		option http listen "$value"
		bad "\"$value\" is no address:port"
	done
	for value in 127.0.0.1:8355 localhost:8355 '[::1]:8355' 0.0.0.0:0; do
		configure
		option http listen "$value"
		good
	done
}

@test "a web address that is open to the network needs plain = yes" {
	option web listen 0.0.0.0:8080
	option web assets "$top_srcdir/web/assets"
	bad '0.0.0.0:8080 is open to the network'
	option web plain yes
	good
}

@test "a short code with a space, with a letter, and a sender in letters" {
	sed -i 's/^address = .*/address = 22 55/' "$dir/kabar.conf"
	bad '"22 55" is no short code'
	sed -i 's/^address = .*/address = 2255a/' "$dir/kabar.conf"
	bad '"2255a" is no short code'
	sed -i 's/^address = .*/address = DINKES/' "$dir/kabar.conf"
	bad '"DINKES" is no short code'
	option 'smsc uji' address_ton 5
	good
	sed -i 's/^address = .*/address = DINAS KESEHATAN/' "$dir/kabar.conf"
	bad '"DINAS KESEHATAN" is no short code'
}

@test "a host with its port in it, a code that cannot be dialled" {
	option 'smsc uji' ussd_code 355
	bad '"355" is no code that can be dialled'
	configure
	sed -i 's|^host = .*|host = smpp://10.0.0.1|' "$dir/kabar.conf"
	bad '"smpp://10.0.0.1" is no name or address'
}

@test "lists of phones with words in them" {
	option limits own '081234, dinas, 2255'
	bad '"dinas" is neither a phone number nor a short code'
	configure
	option alerts nowhere 'Bu Kadinkes'
	bad '"Bu" is neither'
	configure
	option numbers allow '+628, 08'
	bad '"08" is no beginning of a number'
}

@test "a directory where a file belongs, directories that are missing" {
	mkdir "$dir/place"
	sed -i "s|^path = .*|path = $dir/place|" "$dir/kabar.conf"
	bad "$dir/place is a directory"
	sed -i "s|^path = .*|path = $dir/none/kabar.db|" "$dir/kabar.conf"
	bad "the directory $dir/none is missing: is its disk mounted"
	configure
	sed -i "s|^control = .*|control = $dir/none/such/kabar.sock|" "$dir/kabar.conf"
	bad "the directory $dir/none/such is missing: make it"
	sed -i "s|^control = .*|control = $dir/kabar.db/kabar.sock|" "$dir/kabar.conf"
	bad "$dir/kabar.db is no directory"
	sed -i "s|^control = .*|control = $dir/$(printf 'a%.0s' {1..120})|" "$dir/kabar.conf"
	bad 'the path of a socket has at most 107'
	configure
	option web listen 127.0.0.1:8080
	option web assets "$dir/none"
	bad "$dir/none is no directory"
}

@test "no store yet is a note, not an error" {
	rm "$dir"/kabar.db*
	good
	[[ $output == *'note: there is no store yet'*'kabarctl store init'* ]]
}

@test "a tls_ca that is missing, or holds no certificate" {
	option 'smsc uji' tls yes
	option 'smsc uji' tls_ca "$dir/none.pem"
	bad "tls_ca $dir/none.pem: No such file"
	sed -i "s|none.pem|kabar.conf|" "$dir/kabar.conf"
	bad "tls_ca $dir/kabar.conf: there is no certificate"
	openssl req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -out "$dir/ca.pem" -days 2 -subj /CN=uji 2>/dev/null
	sed -i "s|^tls_ca = .*|tls_ca = $dir/ca.pem|" "$dir/kabar.conf"
	good
}

@test "files with passwords that everybody may write or read" {
	chmod 666 "$dir/kabar.conf"
	run ctl config check
	[ "$status" -eq 1 ]
	[[ $output == *"everybody may write to $dir/kabar.conf"* ]]
	chmod 644 "$dir/kabar.conf"
	good
	[[ $output == *"note: everybody may read the password in $dir/kabar.conf"* ]]
	echo rahasia >"$dir/password"
	chmod 606 "$dir/password"
	sed -i "s|^password = .*|password_file = $dir/password|" "$dir/kabar.conf"
	bad "everybody may write to $dir/password"
	chmod 640 "$dir/password"
	good
	[[ $output != *note:* ]]
}

@test "two listeners of our own at one place" {
	option http listen 127.0.0.1:8355
	option web listen 127.0.0.1:8355
	option web assets "$top_srcdir/web/assets"
	bad '[http] listens at 127.0.0.1:8355 already'
}

@test "one bad form: its errors and no others" {
	cp -r "$top_srcdir/conf/forms" "$dir/forms"
	sed -i 's/^letter .*/lettter = L/' "$dir/forms/lahir.ini"
	sed -i "s|^forms = .*|forms = $dir/forms|" "$dir/kabar.conf"
	run ctl config check
	[ "$status" -eq 1 ]
	[ "$(grep -c '^[^ ].*: ' <<<"$output")" -eq "$(grep -c 'lahir.ini:' <<<"$output")" ]
	[[ ${lines[0]} == *lahir.ini:*letter* ]]
	rm -r "$dir"/forms/*
	run ctl config check
	[ "$status" -eq 1 ]
	[[ $output == *'there is no form in it'* ]]
}

@test "an indicator stands on what some form counts" {
	cp -r "$top_srcdir/conf/forms" "$dir/forms"
	sed -i "s|^forms = .*|forms = $dir/forms|" "$dir/kabar.conf"
	sed -i '/^\[indicator bblr\]/,/^$/s/^of .*/of = lahri/' "$dir/forms/lahir.ini"
	run ctl config check
	[ "$status" -eq 1 ]
	[[ $output == *'an indicator of form lahir stands on "lahri", which no form counts'* ]]
	cp "$top_srcdir/conf/forms/lahir.ini" "$dir/forms"
	sed -i '/^\[by_name d\]/,/^$/s/^count .*/count = d_nma/' "$dir/forms/pos.ini"
	run ctl config check
	[ "$status" -eq 1 ]
	[[ $output == *'an indicator of form pos stands on "d_nma", which no form counts'* ]]
}

@test "config check --json names each error and note" {
	option http listen here
	chmod 644 "$dir/kabar.conf"
	run ctl config check --json
	[ "$status" -eq 1 ]
	python3 -c 'import json, sys
found = json.loads(sys.argv[1])
assert found["good"] is False, found
assert [(row["weight"], row["line"] is None) for row in found["found"]] == [("error", False)], found' "$output"
	configure
	chmod 644 "$dir/kabar.conf"
	run ctl config check --json
	[ "$status" -eq 0 ]
	[[ $output == *'"good":true'*'"weight":"note"'* ]]
}

@test "what it calls good, kabard starts with" {
	option http listen localhost:0
	good
	"$top_builddir/kabard" -c "$dir/kabar.conf" -f 2>"$dir/kabard.log" 3>&- &
	pid=$!
	until grep -q started "$dir/kabard.log" || ! kill -0 "$pid" 2>/dev/null; do :; done
	kill "$pid"
	wait "$pid"
}

@test "a control socket that cannot be made: why, and what to do" {
	sed -i "s|^control = .*|control = $dir/none/such/kabar.sock|" "$dir/kabar.conf"
	run "$top_builddir/kabard" -c "$dir/kabar.conf" -f
	[ "$status" -eq 1 ]
	[[ $output == *"the directory $dir/none/such is missing; make it (install -d"*'"control" under [gateway]'* ]]
}

@test "who is not root has the control socket in his own directory" {
	[ "$(id -u)" -eq 0 ] || skip "needs root to become somebody else"
	sed -i '/^control = /d' "$dir/kabar.conf"
	mkdir -m 700 "$dir/run"
	chown nobody "$dir" "$dir/run" "$dir"/kabar.*
	chmod a+rx "$BATS_FILE_TMPDIR" "$BATS_RUN_TMPDIR" "$BATS_TEST_TMPDIR/.."
	setpriv --reuid=nobody --clear-groups test -r "$top_builddir/kabarctl" || skip "nobody may not read the build"
	run env XDG_RUNTIME_DIR="$dir/run" setpriv --reuid=nobody --clear-groups \
		"$top_builddir/kabarctl" -c "$dir/kabar.conf" status
	[ "$status" -eq 1 ]
	[[ $output == *"$dir/run/kabar.sock"* ]]
}

@test "permission denied is said as such, with what to do" {
	[ "$(id -u)" -eq 0 ] || skip "needs root to become somebody else"
	chmod 700 "$dir"/kabar.db
	chmod a+r "$dir/kabar.conf"
	chmod a+rx "$BATS_FILE_TMPDIR" "$BATS_RUN_TMPDIR" "$BATS_TEST_TMPDIR/.." "$dir"
	setpriv --reuid=nobody --clear-groups test -r "$top_builddir/kabarctl" || skip "nobody may not read the build"
	run setpriv --reuid=nobody --clear-groups "$top_builddir/kabarctl" -c "$dir/kabar.conf" people list
	[ "$status" -eq 1 ]
	[[ $output == *'permission denied'*'sudo -u kabar'* ]]
	[[ $output != *corruption* ]]
}
