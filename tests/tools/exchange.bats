# kabarctl export values, events, fhir: by a mapping file, to a DHIS2 that refuses, half-accepts and does not answer.

export dir=$BATS_FILE_TMPDIR
. "$top_srcdir/tests/conf.bash"

ctl() {
	"$top_builddir/kabarctl" -c "$dir/kabar.conf" "$@"
}

sql() {
	sqlite3 "$dir/kabar.db" "$1"
}

# stub SHARE: a server that misbehaves so often; its port goes into the mapping.
stub() {
	rm -f "$dir/port" "$dir/state"
	: >"$dir/state.held" # how many, a line for each request
	mkfifo "$dir/port"
	python3 "$top_srcdir/tests/tools/dhis2_stub.py" "$dir/port" "$dir/state" "$1" 3>&- &
	stub=$!
	read -r port <"$dir/port"
	sed "s|@url@|http://127.0.0.1:$port|" "$dir/mapping.in" >"$dir/mapping.ini"
	rm -f "$dir"/kabar.db.push-*
}

state() {
	python3 -c 'import json, sys
state = json.load(open(sys.argv[1]))
held, troubles = state["held"], state["troubles"]
print(eval(sys.argv[2]))' "$dir/state" "$1"
}

setup_file() {
	cat >"$dir/kabar.conf" <<-CONF
		[gateway]
		control = $dir/kabar.sock
		$(conf_paths)
		[store]
		path = $dir/kabar.db
		[exchange]
		mapping = $dir/mapping.ini
		[smsc uji]
		host = 127.0.0.1
		system_id = kabar
		address = 2255
	CONF
	echo rahasia >"$dir/token"
	ctl import areas "$top_srcdir/conf/areas/wilayah.csv" >/dev/null
	# 157 desa, 6 months, 11 counts: each has a value of its own
	sqlite3 "$dir/kabar.db" "WITH months(m) AS (VALUES (1), (2), (3), (4), (5), (6)), counts(c) AS (VALUES ('lahir'), ('lahir_l'),
		('lahir_p'), ('bblr'), ('salin'), ('salin_nakes'), ('salin_faskes'), ('salin_dukun'), ('d'), ('n'), ('t'))
		INSERT INTO tally_day SELECT code, c, printf('2024-%02d-10', m), 1 + abs(random() % 90) FROM areas, months, counts
		WHERE code LIKE '35.03.__.____'"
	{
		cat <<-MAP
			[server]
			url = @url@
			token_file = $dir/token
			timeout = 1
			retry = 0
			tries = 30
			chunk = 100
			[values]
			level = desa
		MAP
		for count in lahir lahir_l lahir_p bblr salin salin_nakes salin_faskes salin_dukun d n t; do
			printf '[value %s]\nelement = %s\n' "$count" "$(printf 'e%s0000000000' "${count//_/}" | cut -c1-11)"
		done
		echo '[event lahir]
program = prg00000001
stage = stg00000001
[elements lahir]
berat = el000000001
jk = el000000002
[measure bblr]
canonical = https://contoh.go.id/fhir/Measure/bblr
[units]'
		sql "SELECT code || ' = u' || substr('0000000000' || replace(code, '.', ''), -10) FROM areas WHERE code LIKE '35.03.__.____'"
	} >"$dir/mapping.in"
	sed 's|@url@|http://127.0.0.1:1|' "$dir/mapping.in" >"$dir/mapping.ini"
}

teardown() {
	[ -z "$stub" ] || kill "$stub" 2>/dev/null || true
}

@test "10,000 values to a server that fails in a tenth: each once and right, also when the push is killed again and again" {
	local run expected held
	expected=$(sql "SELECT count(*) FROM tally_day WHERE area LIKE '35.03.%'")
	[ "$expected" -ge 10000 ]
	stub 0.1
	for run in 1 2 3 4 5; do
		"$top_builddir/kabarctl" -c "$dir/kabar.conf" export values --period 2024-01/2024-06 --push --anyway >"$dir/out" 2>&1 &
		# killed when the server holds some more
		pid=$!
		while read -r held && [ "$held" -lt $((run * 1500)) ]; do :; done < <(tail --pid=$pid -n +1 -f "$dir/state.held" 3>&-)
		kill -9 $pid 2>/dev/null || true
		wait $pid || true
	done
	[ "$(state 'len(held)')" -lt "$expected" ]
	for run in 1 2 3 4 5 6 7 8 9 10; do
		ctl export values --period 2024-01/2024-06 --push --anyway >"$dir/out" 2>&1 && break
	done
	grep -q "$expected, .* 0 refused, 0 open" "$dir/out"
	[ "$(state 'len(held)')" -eq "$expected" ]
	# what was confirmed was not sent again; but for what a kill kept from being noted: a chunk per kill at most
	[ "$(state 'sum(max(0, entry[1] - 1) for entry in held.values())')" -le 500 ]
	[ "$(state 'min(troubles.get(name, 0) for name in ("refuse", "half", "half silently", "swallow", "break")) > 0')" = True ]
	ctl export values --period 2024-01/2024-06 | python3 -c 'import json, sys
held = json.load(open(sys.argv[1]))["held"]
values = json.load(sys.stdin)["dataValues"]
wrong = [v for v in values if held[".".join((v["dataElement"], "", "", v["orgUnit"], v["period"]))][0] != v["value"]]
sys.exit(len(wrong) > 0 or len(values) != len(held))' "$dir/state"
	run ctl export values --period 2024-01/2024-06 --push
	[ "$status" -eq 0 ]
	[[ $output == *"$expected known there, 0 taken, 0 refused, 0 open (0 requests)" ]]
}

@test "what changed is sent again, and nothing else; what is refused is named" {
	stub 0
	ctl export values --period 2024-01 --push >/dev/null
	sql "UPDATE tally_day SET count = count + 1 WHERE area = '35.03.01.2004' AND indicator = 'lahir' AND day = '2024-01-10'"
	run ctl export values --period 2024-01 --push
	[ "$status" -eq 0 ]
	[[ $output == *'1726 known there, 1 taken, 0 refused, 0 open (2 requests)' ]]
	sql "UPDATE tally_day SET count = count + 1 WHERE area IN ('35.03.01.2004', '35.03.01.2005') AND indicator = 'bblr'"
	sed -i 's|^35.03.01.2004 = u3|35.03.01.2004 = xx|' "$dir/mapping.ini"
	run ctl export values --period 2024-02 --push
	[ "$status" -eq 1 ]
	[[ $output == *'refused: ebblr000000...xx'*'unit not found'* ]]
	[[ $output == *'11 refused'*'mend the mapping, or give --anyway'* ]]
	[ "$(state 'len([key for key in held if key.endswith("202402")])')" -eq 0 ]
	run ctl export values --period 2024-02 --push --anyway
	[ "$status" -eq 1 ]
	[ "$(state 'len([key for key in held if key.endswith("202402")])')" -eq 1716 ]
}

@test "a dry run keeps nothing; a wrong token and a server that is gone are said" {
	stub 0
	run ctl export values --period 2024-03 --dry-run
	[ "$status" -eq 0 ]
	[[ $output == *'1727 would be taken'* ]]
	[ "$(state 'len(held)')" -eq 0 ]
	echo salah >"$dir/token"
	run ctl export values --period 2024-03 --push
	[ "$status" -eq 1 ]
	[[ $output == *'HTTP 401: look at user, password_file or token_file'* ]]
	echo rahasia >"$dir/token"
	kill "$stub"
	wait "$stub" || true
	sed -i 's|^tries.*|tries = 2|' "$dir/mapping.ini"
	run ctl export values --period 2024-03 --push
	[ "$status" -eq 1 ]
	[[ $output == *'no answer: '*'it goes on where it was'* ]]
}

@test "reports as events with UIDs that stay; nothing in them tells who it was" {
	sql "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO reports (ref, kabupaten, version,
		form, status, area, date, sender, fields, problems, notes, inbound, received, revised, original, training)
		SELECT printf('L2408-%04d', i), '35.03', 1, 'lahir', CASE WHEN i > 290 THEN 'cancelled' ELSE 'accepted' END, '35.03.01.2004',
		'2024-08-10', '+628', '{\"ibu\":\"SITI AMINAH\",\"berat\":3200,\"jk\":\"L\"}', '[]', '[]', 1, 1, 1, 0, 0 FROM n"
	stub 0.1
	ctl export events --period 2024-08 >"$dir/one"
	ctl export events --period 2024-08 | cmp - "$dir/one"
	! grep -q 'SITI' "$dir/one"
	python3 -c 'import json, re, sys
events = json.load(open(sys.argv[1]))["events"]
assert len(events) == 290 and all(re.fullmatch("[A-Za-z][A-Za-z0-9]{10}", event["event"]) for event in events)
assert len({event["event"] for event in events}) == len(events)
assert {value["dataElement"] for event in events for value in event["dataValues"]} <= {"el000000001", "el000000002"}' "$dir/one"
	for run in 1 2 3 4 5; do
		ctl export events --period 2024-08 --push --anyway >"$dir/out" 2>&1 && break
	done
	grep -q ' 0 refused, 0 open' "$dir/out"
	[ "$(state 'len(held)')" -eq 290 ]
}

@test "a FHIR bundle of measure reports, marked as a draft" {
	ctl export fhir --period 2024-01/2024-06 >"$dir/bundle"
	python3 -c 'import json, sys
bundle = json.load(open(sys.argv[1]))
assert bundle["resourceType"] == "Bundle" and bundle["type"] == "collection" and len(bundle["entry"]) == 157
for entry in bundle["entry"]:
    report = entry["resource"]
    assert report["resourceType"] == "MeasureReport" and report["status"] == "pending"
    assert report["meta"]["tag"][0]["code"] == "draft" and entry["fullUrl"] == "urn:uuid:" + report["id"]
    counts = {p["code"]["coding"][0]["code"]: p["count"] for p in report["group"][0]["population"]}
    assert abs(report["group"][0]["measureScore"]["value"] - 100 * counts["numerator"] / counts["denominator"]) < 1e-9
assert len({entry["fullUrl"] for entry in bundle["entry"]}) == 157' "$dir/bundle"
}

@test "a mapping is proven: names, UIDs, what tells who somebody is" {
	cat >"$dir/bad.ini" <<-MAP
		[server]
		url = http://dhis2.example.org
		[value lahirr]
		element = pendek
		[event lahir]
		program = prg00000001
		stage = stg00000001
		[elements lahir]
		nik = el000000001
		beratt = el000000002
		[measure tidakada]
		canonical = x
		[vallue x]
	MAP
	run ctl export values --period 2024-01 --mapping "$dir/bad.ini"
	[ "$status" -eq 1 ]
	for text in 'only https://' 'no form counts "lahirr"' '"pendek" is no UID' '"nik" may tell who somebody is' 'has no field "beratt"' \
		'no form has an [indicator tidakada]' 'did you mean [value x]'; do
		[[ $output == *"$text"* ]] || { echo "$text: $output"; false; }
	done
	sed "s|mapping.ini|bad.ini|" "$dir/kabar.conf" >"$dir/bad.conf"
	run "$top_builddir/kabarctl" -c "$dir/bad.conf" config check
	[ "$status" -eq 1 ]
	[[ $output == *'no form counts "lahirr"'* ]]
	sed "s|$dir/mapping.ini|$top_srcdir/conf/exchange/mapping.ini|" "$dir/kabar.conf" >"$dir/sample.conf"
	run "$top_builddir/kabarctl" -c "$dir/sample.conf" config check
	[ "$status" -eq 0 ]
}

@test "an Excel file: numbers are numbers, what looks like a formula is text" {
	ctl export reports --xlsx "$dir/out.xlsx"
	python3 -c 'import sys, zipfile
book = zipfile.ZipFile(sys.argv[1])
sheet = book.read("xl/worksheets/sheet1.xml").decode()
assert "<f>" not in sheet and "ref" in sheet' "$dir/out.xlsx"
	run ctl export reports --xlsx /nonexistent/out.xlsx
	[ "$status" -eq 1 ]
}
