# Backups that are proven: made beside a store in use, checked octet by octet and row by row, brought back. And kabarctl
# doctor, link and log, on a gateway that runs.

load gateway

setup_file() {
	configure
	chmod 640 "$dir/kabar.conf"
	ctl import areas "$top_srcdir/conf/areas/wilayah.csv" >/dev/null
	printf 'phone,name,role,area,posyandu,language\n081200000003,Bidan Ratna,bidan,35.03.01.2004,,id\n' >"$dir/people.csv"
	ctl import people "$dir/people.csv" >/dev/null
	ctl sample fill --months 1 >/dev/null
	ctl backup "$dir/good.db" 2>"$dir/backup.err"
}

# answers FILE: what this store says to a query by SMS and to verify.
answers() {
	printf '[gateway]\n%s\n[store]\npath = %s\nkey = %s\n' "$(conf_paths)" "$1" "$dir/kabar.db.key" >"$dir/other.conf"
	"$top_builddir/kabarctl" -c "$dir/other.conf" export reports
	"$top_builddir/kabarctl" -c "$dir/other.conf" verify | grep -v 'audit rows'
}

# spoilt: a copy of the backup to be spoilt.
spoilt() {
	rm -f "$dir"/spoilt.db*
	for each in '' .sha256 .manifest; do
		cp "$dir/good.db$each" "$dir/spoilt.db$each"
	done
	sed -i 's/good.db/spoilt.db/' "$dir/spoilt.db.sha256"
}

@test "a backup has its checksum and its manifest, and leaves nothing else" {
	[ ! -s "$dir/backup.err" ]
	(cd "$dir" && sha256sum -c good.db.sha256)
	python3 - "$dir/good.db.manifest" "$(sqlite3 "$dir/good.db" 'SELECT count(*) FROM reports')" <<-'END'
		import json, sys
		manifest = json.load(open(sys.argv[1]))
		assert manifest["rows"]["reports"] == int(sys.argv[2]) > 10, manifest
		assert manifest["rows"]["people"] == 1 and len(manifest["sha256"]) == 64 and len(manifest["store"]) == 32
	END
	[ "$(find "$dir" -name 'good.db*' | wc -l)" -eq 3 ]
}

@test "restore --check says what a whole backup holds" {
	run ctl restore --check "$dir/good.db"
	[ "$status" -eq 0 ]
	[[ $output == *'good.db: whole: store '*' reports, messages up to '* ]]
	run ctl backup --check "$dir/good.db"
	[ "$status" -eq 0 ]
}

@test "one octet changed, cut off, no checksum: each is found" {
	spoilt
	printf 'x' | dd of="$dir/spoilt.db" bs=1 seek=20000 conv=notrunc status=none
	run ctl restore --check "$dir/spoilt.db"
	[ "$status" -eq 1 ]
	[[ $output == *'is not what was written'* ]]
	spoilt
	truncate -s -4096 "$dir/spoilt.db"
	run ctl restore --check "$dir/spoilt.db"
	[ "$status" -eq 1 ]
	spoilt
	rm "$dir/spoilt.db.sha256"
	run ctl restore --check "$dir/spoilt.db"
	[ "$status" -eq 1 ]
	[[ $output == *'.sha256 is missing'* ]]
}

@test "a broken page under a right checksum is found by the database, a missing row by the manifest" {
	spoilt
	dd if=/dev/zero of="$dir/spoilt.db" bs=4096 seek=40 count=4 conv=notrunc status=none
	(cd "$dir" && sha256sum spoilt.db >spoilt.db.sha256)
	run ctl restore --check "$dir/spoilt.db"
	[ "$status" -eq 1 ]
	spoilt
	sqlite3 "$dir/spoilt.db" 'DELETE FROM deadlines WHERE rowid IN (SELECT rowid FROM deadlines LIMIT 1); DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox);
		PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	(cd "$dir" && sha256sum spoilt.db >spoilt.db.sha256)
	run ctl restore --check "$dir/spoilt.db"
	[ "$status" -eq 1 ]
	[[ $output == *'table outbox has '*' its manifest says '* ]]
}

@test "without the key the backup does not open, and that is said" {
	mv "$dir/kabar.db.key" "$dir/away.key"
	run ctl restore --check "$dir/good.db"
	mv "$dir/away.key" "$dir/kabar.db.key"
	[ "$status" -eq 1 ]
	[[ $output == *key* ]]
}

@test "restore asks, puts aside what is there, and the restored store answers the same" {
	answers "$dir/kabar.db" >"$dir/before.txt"
	sqlite3 "$dir/kabar.db" 'DELETE FROM deadlines; DELETE FROM tally_day' >/dev/null
	run ctl restore "$dir/good.db"
	[ "$status" -eq 1 ]
	[[ $output == *'add --yes'* ]]
	run ctl restore --yes "$dir/good.db"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *kabar.db.before-* ]]
	ls "$dir"/kabar.db.before-*Z
	answers "$dir/kabar.db" | cmp - "$dir/before.txt"
	run ctl verify
	[ "$status" -eq 0 ]
	[ "$(sqlite3 "$dir/kabar.db" "SELECT count(*) FROM audit WHERE action = 'restore'")" -eq 1 ]
	run ctl restore --check "$dir/none.db"
	[ "$status" -eq 1 ]
}

@test "kabard starts on the restored store; while it runs nothing is restored" {
	printf 'wait bind\nquit\n' >"$dir/script"
	operator_start
	gateway_start
	run ctl restore --yes "$dir/good.db"
	[ "$status" -eq 1 ]
	[[ $output == *'kabard runs: systemctl stop kabard first'* ]]
	gateway_stop
}

@test "the newest of a directory stay, with all that belongs to them" {
	mkdir "$dir/nightly"
	for each in 1 2 3; do
		for suffix in '' .sha256 .manifest; do : >"$dir/nightly/kabar-2024010${each}T000000Z.db$suffix"; done
	done
	run ctl backup --into "$dir/nightly" --keep 2
	[ "$status" -eq 0 ]
	[ "$(find "$dir/nightly" -type f | wc -l)" -eq 6 ]
	run ctl restore --check "$output"
	[ "$status" -eq 0 ]
}

@test "doctor: each line with its remedy, exit status 1 when something is wrong" {
	run ctl doctor
	[ "$status" -eq 1 ]
	[[ $output == *'ok    database: store '* ]]
	[[ $output == *'commits in a second (fdatasync)'* ]]
	[[ $output == *'fail  kabard: does not answer at '*'what to do: systemctl start kabard'* ]]
	[[ $output == *'ok    backup: the last one is 0 hours old'* ]]
	[ "$(grep -cE '^(warn|fail) ' <<<"$output")" -eq "$(grep -c '^      what to do: ' <<<"$output")" ]
	run ctl doctor --json
	[ "$status" -eq 1 ]
	python3 -c 'import json, sys
rows = json.loads(sys.argv[1])
assert all((row["remedy"] is None) == (row["level"] == "ok") for row in rows), rows
assert {"configuration", "rights", "disk", "clock", "database", "backup", "kabard", "link"} <= {row["subject"] for row in rows}' "$output"
}

@test "doctor says of a bad configuration that, and of a wide open store too" {
	sed 's/^address = .*/address = 22 55/' "$dir/kabar.conf" >"$dir/bad.conf"
	run "$top_builddir/kabarctl" -c "$dir/bad.conf" doctor
	[ "$status" -eq 1 ]
	[[ $output == 'fail  configuration: '*'"22 55" is no short code'* ]]
	chmod 666 "$dir/kabar.db"
	run ctl doctor
	chmod 640 "$dir/kabar.db"
	[[ $output == *'fail  rights: everybody may read or write'* ]]
}
