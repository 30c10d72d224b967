# kabarctl inbox, people, export, purge, explain: on a store that real messages filled, beside a running gateway.

load gateway

setup_file() {
	cat >"$dir/script" <<-'SCRIPT'
		wait bind
		sms +6281200000001: LAHIR#SITI AMINAH#3503014507959991#kemarin#L#3200#49#PKM#BIDAN#HIDUP
		expect reply ~ L
		sms +6281200000001: LATIH LAHIR#SRI RAHAYU#25#kemarin#P#2900#48#PKM#BIDAN#HIDUP
		expect reply ~ LATIHAN
		sms +6281200000002: =HYPERLINK("x") bu kapan posyandu bulan depan ya \u202e\u009b2J
		expect reply ~ .
		wait answered
	SCRIPT
	operator_start
	ctl import areas "$top_srcdir/conf/areas/wilayah.csv" >/dev/null
	printf 'id,name,area\n35.03.01.2004.001,MELATI,35.03.01.2004\n35.03.01.2005.001,MAWAR,35.03.01.2005\n' >"$dir/posyandu.csv"
	ctl import posyandu "$dir/posyandu.csv" >/dev/null
	cat >"$dir/people.csv" <<-'END'
		phone,name,role,area,posyandu,language
		081200000001,Bidan Ratna,bidan,35.03.01.2004,,id
		081200000002,Bu Tini,kader,35.03.01.2005,35.03.01.2005.001,id
	END
	ctl import people "$dir/people.csv" >/dev/null
	echo rahasia-dinkes >"$dir/password"
	ctl user add dinkes --role dinkes --area 35.03 <"$dir/password" >/dev/null
	gateway_start
}

teardown_file() {
	gateway_stop
}

sql() {
	sqlite3 -readonly "$dir/kabar.db" "$1"
}

# The reports as an officer of the kabupaten may have them.
whole() {
	ctl export reports --as dinkes --password-file "$dir/password"
}

# Reads a CSV of the standard input strictly and prints what the expression says of its rows.
csv() {
	python3 -c 'import csv, sys
rows = list(csv.DictReader(sys.stdin, delimiter=sys.argv[2], strict=True))
print(eval(sys.argv[1]))' "$1" "${2:-,}"
}

@test "the operator's script went as expected" {
	grep -q ' 0 not' "$dir/smsc.out"
}

@test "a NIK is in no file of the store, and is read all the same" {
	local file
	for file in "$dir"/kabar.db "$dir"/kabar.db-wal; do
		! grep -qa -e 3503014507959991 -e 45079599 "$file"
	done
	grep -qa 'SITI AMINAH' "$dir/kabar.db" "$dir/kabar.db-wal"
	[ "$(sql "SELECT count(*) FROM reports WHERE fields LIKE '%<~1:%' AND length(match_nik) = 32")" -eq 1 ]
	[ "$(whole | csv '[row["nik"] for row in rows]')" = "['3503014507959991']" ]
}

@test "a rotation beside the gateway seals everything again; killed, it goes on; the key of before opens nothing any more" {
	run ctl key show
	[ "$status" -eq 0 ]
	[[ $output == 'key 1 in '*', everything is sealed' ]]
	cp "$dir/kabar.db.key" "$dir/before.key"
	"$top_builddir/kabarctl" -c "$dir/kabar.conf" key rotate >/dev/null &
	kill -9 $! 2>/dev/null || true
	wait $! || true
	run ctl key rotate
	[ "$status" -eq 0 ]
	run ctl key show
	[[ $output == 'key 2 in '*', everything is sealed' ]]
	[ "$(sql "SELECT count(*) FROM reports WHERE fields LIKE '%<~2:%'")" -eq 1 ]
	[ "$(sql "SELECT (SELECT count(*) FROM reports WHERE fields LIKE '%<~1:%') + (SELECT count(*) FROM inbound WHERE text LIKE '%<~1:%')")" -eq 0 ]
	[ "$(whole | csv '[row["nik"] for row in rows]')" = "['3503014507959991']" ]
	! grep -q '^key 1' "$dir/kabar.db.key"
	cp "$dir/kabar.db.key" "$dir/now.key"
	cp "$dir/before.key" "$dir/kabar.db.key"
	run ctl key show
	[ "$status" -eq 1 ]
	[[ $output == *'is not the key of this store (another generation'* ]]
	cp "$dir/now.key" "$dir/kabar.db.key"
	run ctl verify
	[ "$status" -eq 0 ]
}

@test "inbox list shows the question, and that it was read is in the audit" {
	run ctl inbox list
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 1 ]
	[[ $output == *+6281200000002*'kapan posyandu'*'<U+202E><U+009B>2J'* ]]
	[ "$(sql "SELECT count(*) FROM audit WHERE action = 'inbox list' AND actor LIKE 'kabarctl:%'")" -eq 1 ]
}

@test "inbox answer refuses what it cannot send" {
	run ctl inbox answer 99 'Besok'
	[ "$status" -eq 1 ]
	[[ $output == *'there is no message 99'* ]]
	run ctl inbox answer satu 'Besok'
	[ "$status" -eq 2 ]
	run ctl inbox answer 1 ''
	[ "$status" -eq 2 ]
	run ctl inbox answer 1 "$(printf 'a%.0s' {1..161})"
	[ "$status" -eq 2 ]
	[[ $output == *161* ]]
}

@test "inbox answer puts the text into the outbox once, by the link it came by" {
	run ctl inbox answer 1 'Posyandu tgl 10, Bu.'
	[ "$status" -eq 0 ]
	[ "$(sql "SELECT recipient || link || text FROM outbox WHERE kind = 'human'")" = '+6281200000002ujiPosyandu tgl 10, Bu.' ]
	run ctl inbox answer 1 'Posyandu tgl 10, Bu.'
	[ "$status" -eq 1 ]
	[[ $output == *'answered already'* ]]
	[ "$(sql "SELECT count(*) FROM outbox WHERE kind = 'human'")" -eq 1 ]
	run ctl inbox list
	[ -z "$output" ]
}

@test "people list filters by role and by area, to every depth" {
	run ctl people list --role bidan
	[ "${#lines[@]}" -eq 1 ]
	[[ $output == *'Bidan Ratna'* ]]
	run ctl people list --area 35.03
	[ "${#lines[@]}" -eq 2 ]
	run ctl people list --area 35.03.01.2005
	[ "${#lines[@]}" -eq 1 ]
	run ctl people list --area 99.99
	[ "$status" -eq 1 ]
	[[ $output == *'no area "99.99"'* ]]
}

@test "people block and unblock, each once, each audited" {
	run ctl people block 0812-0000-0002
	[ "$status" -eq 0 ]
	run ctl people block 081200000002
	[ "$status" -eq 1 ]
	[[ $output == *'blocked already'* ]]
	run ctl people list --state blocked
	[[ $output == *'Bu Tini'* ]]
	run ctl people unblock +6281200000002
	[ "$status" -eq 0 ]
	[ "$(sql "SELECT group_concat(old_value || '>' || new_value) FROM audit WHERE action LIKE 'people %block'")" = 'active>blocked,blocked>active' ]
	run ctl people unblock 081299999999
	[ "$status" -eq 1 ]
	[[ $output == *'nobody on file'* ]]
	run ctl people block 081299999999
	[ "$status" -eq 0 ]
	[ "$(sql "SELECT state FROM people JOIN phones ON person = people.id WHERE phone = '+6281299999999'")" = blocked ]
}

@test "people move goes to areas of the role only" {
	run ctl people move 081200000002 --area 35.03
	[ "$status" -eq 1 ]
	[[ $output == *'"35.03" is not a desa'* ]]
	run ctl people move 081200000002 --area 35.03.01.2004 --posyandu 35.03.01.2005.001
	[ "$status" -eq 1 ]
	[[ $output == *'not in the person'* ]]
	run ctl people move 081200000002 --area 35.03.01.2004 --posyandu 35.03.01.2004.001
	[ "$status" -eq 0 ]
	[ "$(sql "SELECT areas || posyandu FROM people WHERE name = 'Bu Tini'")" = 35.03.01.200435.03.01.2004.001 ]
	[ "$(sql "SELECT count(*) FROM audit WHERE action = 'people move'")" -eq 1 ]
}

@test "export is CSV with codes as text and without training" {
	ctl export reports --form lahir --as dinkes --password-file "$dir/password" >"$dir/out.csv"
	[ "$(csv 'len(rows)' <"$dir/out.csv")" -eq 1 ]
	[ "$(csv 'rows[0]["nik"], rows[0]["ibu"], rows[0]["berat"], rows[0]["counted"]' <"$dir/out.csv")" = "('3503014507959991', 'SITI AMINAH', '3200', '1')" ]
	[ "$(csv '[k for k in rows[0] if k.startswith("_")]' <"$dir/out.csv")" = '[]' ]
	[ "$(csv '[k for k in rows[0] if k in ("ibu", "nik", "umur", "tgl", "jk")]' <"$dir/out.csv")" = "['ibu', 'nik', 'umur', 'tgl', 'jk']" ]
	[ "$(grep -c $'\r$' "$dir/out.csv")" -eq 2 ]
	[ "$(ctl export reports --training | csv 'len(rows)')" -eq 2 ]
}

@test "export keeps to its days and its area" {
	[ "$(ctl export reports --from 2001-01-01 --to 2001-12-31 | csv 'len(rows)')" -eq 0 ]
	[ "$(ctl export reports --area 35.03.01 | csv 'len(rows)')" -eq 1 ]
	[ "$(ctl export reports --area 35.03.02 | csv 'len(rows)')" -eq 0 ]
	run ctl export reports --from yesterday
	[ "$status" -eq 2 ]
	run ctl export reports --form lahirr
	[ "$status" -eq 2 ]
	[[ $output == *'no form "lahirr"'* ]]
}

@test "export --excel has a BOM, semicolons, and no cell that becomes a formula or a number with an exponent" {
	ctl export reports --excel --as dinkes --password-file "$dir/password" >"$dir/excel.csv"
	[ "$(head -c 3 "$dir/excel.csv" | od -An -tx1 | tr -d ' ')" = efbbbf ]
	[ "$(tail -c +4 "$dir/excel.csv" | csv 'any(c[:1] in tuple("=+-@") for r in rows for c in r.values() if c)' ';')" = False ]
	[ "$(tail -c +4 "$dir/excel.csv" | csv 'rows[0]["nik"]' ';')" = "'3503014507959991" ]
}

@test "export tells a full disk" {
	run bash -c "'$top_builddir/kabarctl' -c '$dir/kabar.conf' export reports >/dev/full"
	[ "$status" -eq 1 ]
	[[ $output == *'No space left'* ]]
}

@test "explain goes from octets to delivery, by reference in any spelling" {
	ref=$(sql "SELECT ref FROM reports WHERE training = 0")
	run ctl explain "$(tr -d - <<<"${ref,,}")"
	[ "$status" -eq 0 ]
	[[ $output == *'octets    4c41484952'* ]]
	[[ $output == *'as gsm7'* ]]
	[[ $output == *'reading   {"intent":"report"'* ]]
	[[ $output == *"report    $ref v1"*accepted*'SITI AMINAH'* ]]
	[[ $output == *"reply "*sent*"$ref"* ]]
	[ "$(sql "SELECT count(*) FROM audit WHERE action = 'explain' AND subject = '$ref'")" -eq 1 ]
}

@test "explain tells of a number who it is and what it wrote" {
	run ctl explain 081200000001
	[[ ${lines[0]} == '+6281200000001 is Bidan Ratna, bidan of 35.03.01.2004'* ]]
	[ "$(grep -c '^message ' <<<"$output")" -eq 2 ]
	run ctl explain 081200000002
	[[ $output == *'<U+202E><U+009B>2J'* ]]
	[[ $output != *$'\u202e'* && $output != *$'\u009b'* ]]
	run ctl explain L9901-0001
	[ "$status" -eq 1 ]
	[[ $output == *'nothing is known'* ]]
}

@test "explain --json has octets, reading, versions and what was sent" {
	ref=$(sql "SELECT ref FROM reports WHERE training = 0")
	run ctl explain "$ref" --json
	[ "$status" -eq 0 ]
	python3 -c 'import json, sys
message = json.loads(sys.argv[1])[0]
assert message["octets"].startswith("4c41484952") and message["reading"]["intent"] == "report", message
assert message["reports"][0]["ref"] == sys.argv[2] and message["sent"][0]["state"] in ("sent", "delivered"), message' "$output" "$ref"
	[ "$(ctl explain 081200000001 --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')" -eq 2 ]
}

@test "trace tells the life of a message in order of time: in, read, stored, queued, sent" {
	ref=$(sql "SELECT ref FROM reports WHERE training = 0")
	run ctl trace "$ref"
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == *' in '*'LAHIR#SITI AMINAH'* ]]
	[[ $output == *' read '*'handled'*"report    $ref v1 accepted"*'queued    reply '*'sent      reply '*' after '*' s'* ]]
	run ctl trace 081200000001 --json
	[ "$status" -eq 0 ]
	python3 -c 'import json, sys
events = json.loads(sys.argv[1])
times = [event["at"] for event in events]
assert times == sorted(times) and {"in", "read", "report", "queued", "sent"} <= {event["kind"] for event in events}, events' "$output"
	[ "$(sql "SELECT count(*) FROM audit WHERE action = 'trace'")" -eq 2 ]
}

@test "purge counts first, then empties texts and leaves reports" {
	run ctl purge --raw-older-than 90
	[ "$status" -eq 2 ]
	run ctl purge --raw-older-than 1d
	[[ $output == 'purge: 0 messages, 0 inbox texts, 0 sent texts emptied' ]]
	sqlite3 "$dir/kabar.db" 'PRAGMA busy_timeout = 3000; UPDATE inbound SET received = received - 200 * 86400;
		UPDATE human SET received = received - 200 * 86400' >/dev/null
	run ctl purge --raw-older-than 90d --dry-run
	[[ $output == 'purge: 3 messages, 1 inbox texts, '*' sent texts (dry run'* ]]
	[ "$(sql 'SELECT count(*) FROM inbound WHERE text IS NOT NULL')" -eq 3 ]
	run ctl purge --raw-older-than 90d
	[[ $output == 'purge: 3 messages, 1 inbox texts, '*' sent texts emptied' ]]
	[ "$(sql "SELECT count(*) FROM inbound WHERE text IS NOT NULL OR octets <> x''")" -eq 0 ]
	[ "$(sql 'SELECT count(*) FROM reports')" -eq 2 ]
	[ "$(sql "SELECT count(*) FROM audit WHERE action = 'purge'")" -eq 2 ]
}

@test "a purge gives its space back to the disk" {
	local before
	sqlite3 "$dir/kabar.db" "PRAGMA busy_timeout = 3000; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
		WHERE i < 20000) INSERT INTO inbound (channel, link, source, destination, octets, esm_class, data_coding, received,
		text, state) SELECT 'sms', 'uji', '+62812', '2255', randomblob(140), 0, 0, 1, hex(randomblob(70)), 'handled' FROM n;
		PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	before=$(stat -c %s "$dir/kabar.db")
	run ctl purge --raw-older-than 90d
	[[ $output == 'purge: 20000 messages'* ]]
	sqlite3 "$dir/kabar.db" 'PRAGMA busy_timeout = 3000; PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	[ "$(stat -c %s "$dir/kabar.db")" -lt $((before - 3000000)) ]
	[ "$(sql 'PRAGMA integrity_check')" = ok ]
}

@test "verify counts again from the reports, and names what differs" {
	run ctl verify
	[ "$status" -eq 0 ]
	[[ $output == '1 reports counted, '*', 0 differ'*', chain holds, '* ]]
	sqlite3 "$dir/kabar.db" ".backup '$dir/other.db'"
	cp "$dir/kabar.db.key" "$dir/other.db.key"
	sqlite3 "$dir/other.db" "UPDATE tally_day SET count = 2 WHERE indicator = 'lahir'; DELETE FROM coverage_desa"
	sed "s|kabar.db|other.db|" "$dir/kabar.conf" >"$dir/other.conf"
	run "$top_builddir/kabarctl" -c "$dir/other.conf" verify
	[ "$status" -eq 1 ]
	[[ $output == *'tally_day 35.03.01.2004 lahir '*': kept 2, the reports say 1'* ]]
	[[ $output == *'coverage_desa 35.03.01.2004 lahir '*': kept 0, the reports say 1'* ]]
	run "$top_builddir/kabarctl" -c "$dir/other.conf" verify --mend
	[ "$status" -eq 0 ]
	[[ $output == '2 set right'*'1 reports counted, '*', 0 differ'*', chain holds, '* ]]
	run "$top_builddir/kabarctl" -c "$dir/other.conf" verify
	[ "$status" -eq 0 ]
}
