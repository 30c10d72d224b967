# What leaves the store is masked but for who may; people are erased and counts stay; old texts go.

load gateway

setup_file() {
	cat >"$dir/script" <<-'SCRIPT'
		wait bind
		sms +6281200000001: LAHIR#SITI AMINAH#3503014507959991#kemarin#L#3200#49#PKM#BIDAN#HIDUP
		expect reply ~ L
		sms +6281200000001: LAHIR#WARSINI#27#kemarin#P#2300#48#RUMAH#DUKUN#HIDUP
		expect reply ~ L
		sms +6281200000002: bu kapan posyandu bulan depan ya, hp saya 081298765432
		expect reply ~ .
		wait answered
	SCRIPT
	operator_start
	ctl import areas "$top_srcdir/conf/areas/wilayah.csv" >/dev/null
	printf 'id,name,area\n35.03.01.2004.001,MELATI,35.03.01.2004\n35.03.01.2005.001,MAWAR,35.03.01.2005\n' >"$dir/posyandu.csv"
	ctl import posyandu "$dir/posyandu.csv" >/dev/null
	cat >"$dir/people.csv" <<-'END'
		phone,name,role,area,posyandu,language
		081200000001,Ratna Dewi,bidan,35.03.01.2004,,id
		081200000002,Tini Lestari,kader,35.03.01.2005,35.03.01.2005.001,id
	END
	ctl import people "$dir/people.csv" >/dev/null
	echo rahasia-dinkes >"$dir/password"
	ctl user add dinkes --role dinkes --area 35.03 <"$dir/password" >/dev/null
	ctl user add tetangga --role bidan --area 35.03.01.2005 <"$dir/password" >/dev/null
	gateway_start
}

teardown_file() {
	gateway_stop
}

sql() {
	sqlite3 -readonly "$dir/kabar.db" "$1"
}

# Is the text in any file of the store?
in_store() {
	grep -qa -e "$1" "$dir/kabar.db" "$dir/kabar.db-wal"
}

csv() {
	python3 -c 'import csv, sys
rows = list(csv.DictReader(sys.stdin, strict=True))
print(eval(sys.argv[1]))' "$1"
}

@test "an export tells nobody's name, NIK or number; an account of the area sees them, one of another place does not" {
	[ "$(ctl export reports | csv '[(r["ibu"], r["nik"], r["sender"]) for r in rows]')" = \
		"[('S. A.', '350301**********', \"'+6281****001\"), ('W.', '', \"'+6281****001\")]" ]
	[ "$(ctl export reports | csv '[(r["berat"], r["jk"]) for r in rows]')" = "[('3200', 'L'), ('2300', 'P')]" ]
	[ "$(ctl export reports --as dinkes --password-file "$dir/password" | csv '[(r["ibu"], r["nik"], r["sender"]) for r in rows]')" = \
		"[('SITI AMINAH', '3503014507959991', \"'+6281200000001\"), ('WARSINI', '', \"'+6281200000001\")]" ]
	[ "$(ctl export reports --as tetangga --password-file "$dir/password" | csv '[r["ibu"] for r in rows]')" = "['S. A.', 'W.']" ]
	[ "$(sql "SELECT count(*) FROM audit WHERE action = 'export' AND new_value LIKE '%whole, as dinkes%'")" -eq 1 ]
	echo salah >"$dir/wrong"
	run ctl export reports --as dinkes --password-file "$dir/wrong"
	[ "$status" -eq 1 ]
	[[ $output == *'the account or its password is wrong' ]]
	run ctl export reports --as nobody --password-file "$dir/password"
	[ "$status" -eq 1 ]
}

@test "a report is erased: who it was is in no file any more, what it counts stays, the trail holds" {
	local ref before
	ref=$(sql 'SELECT min(ref) FROM reports')
	before=$(sql 'SELECT group_concat(area || indicator || day || count) FROM tally_day')
	in_store 'SITI AMINAH'
	run ctl erase --report "$ref"
	[ "$status" -eq 1 ]
	[[ $output == *'would be emptied (nothing was changed; --yes does it)'* ]]
	in_store 'SITI AMINAH'
	run ctl erase --report "$ref" --yes
	[ "$status" -eq 0 ]
	[[ $output == "$ref: 1 reports, 0 older versions, "* ]]
	! in_store 'SITI'
	in_store WARSINI
	[ "$(sql 'SELECT group_concat(area || indicator || day || count) FROM tally_day')" = "$before" ]
	[ "$(ctl export reports | csv '[(r["ibu"], r["nik"], r["berat"]) for r in rows][0]')" = "('', '', '3200')" ]
	run ctl verify
	[ "$status" -eq 0 ]
	[[ $output == *', 0 differ'*' chain holds, '* ]]
	run ctl erase --report L9901-0001 --yes
	[ "$status" -eq 1 ]
	[[ $output == *'nothing is known of it' ]]
}

@test "a person is erased: name, number and messages go, the reports stay under an alias, the trail says so" {
	run ctl erase --person 0812-0000-0001 --yes
	[ "$status" -eq 0 ]
	[[ $output == 'erased-'*': 2 reports, '*' audit rows emptied. Backups of before still hold them' ]]
	! in_store 'Ratna Dewi'
	! in_store 81200000001
	[ "$(sql "SELECT count(*) FROM reports WHERE sender LIKE 'erased-%'")" -eq 2 ]
	[ "$(sql "SELECT count(*) FROM inbound WHERE source LIKE 'erased-%' AND octets = x'' AND text IS NULL")" -ge 2 ]
	[ "$(sql "SELECT count(*) FROM phones")" -eq 1 ]
	[ "$(sql "SELECT count(*) FROM audit WHERE action = 'erase' AND subject LIKE 'erased-%' AND actor LIKE 'kabarctl:%'")" -eq 1 ]
	run ctl verify
	[ "$status" -eq 0 ]
	[[ $output =~ [1-9][0-9]*' erased, chain holds' ]]
	in_store 'Tini Lestari'
}

@test "a row of the trail that is emptied without a row that says so is found" {
	sqlite3 "$dir/kabar.db" ".backup '$dir/other.db'"
	cp "$dir/kabar.db.key" "$dir/other.db.key"
	sqlite3 "$dir/other.db" "DROP TRIGGER audit_no_update; UPDATE audit SET erased = 1, subject = '' WHERE action = 'store init'
		OR (action = 'key taken')"
	sed "s|kabar.db|other.db|" "$dir/kabar.conf" >"$dir/other.conf"
	run "$top_builddir/kabarctl" -c "$dir/other.conf" verify
	[ "$status" -eq 1 ]
	[[ $output == *'was emptied, and no row says who erased it'* ]]
}

@test "each table is kept as long as [retention] says; a dry run counts" {
	sqlite3 "$dir/kabar.db" 'PRAGMA busy_timeout = 3000; UPDATE inbound SET received = received - 100 * 86400;
		UPDATE human SET received = received - 100 * 86400; UPDATE outbox SET created = created - 50 * 86400' >/dev/null
	run ctl purge --dry-run
	[ "$status" -eq 0 ]
	[[ $output == 'purge: 1 messages, 0 inbox texts, 0 sent texts (dry run: nothing was changed; messages 90d, inbox 365d, sent 90d)' ]]
	printf '[retention]\nmessages = 0\ninbox = 99\nsent = 40\n' >>"$dir/kabar.conf"
	run ctl purge --dry-run
	[[ $output == 'purge: 0 messages, 1 inbox texts, '[1-9]*' sent texts (dry run'*'messages 0d, inbox 99d, sent 40d)' ]]
	run ctl purge
	[[ $output == 'purge: 0 messages, 1 inbox texts, '[1-9]*' sent texts emptied' ]]
}
