# The audit trail is a chain: what is changed, removed, put in or cut off behind its back is found; the key decides.

export dir=$BATS_FILE_TMPDIR
. "$top_srcdir/tests/conf.bash"

ctl() {
	"$top_builddir/kabarctl" -c "$dir/kabar.conf" "$@"
}

# Tampers with a copy of the store by SQL, as who has the file can: the triggers are the first thing to go.
tamper() {
	rm -f "$dir/kabar.db"*
	cp "$dir/good.db" "$dir/kabar.db"
	cp "$dir/good.key" "$dir/kabar.db.key"
	sqlite3 "$dir/kabar.db" "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; $1"
}

setup_file() {
	cat >"$dir/kabar.conf" <<-CONF
		[gateway]
		control = $dir/kabar.sock
		$(conf_paths)
		[store]
		path = $dir/kabar.db
		[smsc uji]
		host = 127.0.0.1
		system_id = kabar
		address = 2255
	CONF
	ctl store init >"$dir/init.out"
	printf 'code,parent,level,name\n35,,provinsi,Jawa Timur\n35.03,35,kabupaten,Trenggalek\n' >"$dir/areas.csv"
	ctl import areas "$dir/areas.csv" >/dev/null
	ctl export reports >/dev/null
	ctl backup "$dir/backup.db"
	sqlite3 "$dir/kabar.db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	cp "$dir/kabar.db" "$dir/good.db"
	cp "$dir/kabar.db.key" "$dir/good.key"
}

@test "what was done is in the trail with who did it, and the chain holds" {
	run sqlite3 "$dir/good.db" "SELECT group_concat(action) FROM audit"
	[ "$output" = 'key taken,store init,import areas,import areas,export,backup' ]
	[ "$(sqlite3 "$dir/good.db" "SELECT count(*) FROM audit WHERE actor LIKE 'kabarctl:_%'")" -eq 5 ]
	tamper ''
	run ctl verify
	[ "$status" -eq 0 ]
	[[ $output == *'6 audit rows, 0 erased, chain holds, last '* ]]
	[ "$(stat -c %a "$dir/kabar.db.key")" = 600 ]
}

@test "a row that was changed" {
	local column
	for column in actor action subject new_value at; do
		tamper "UPDATE audit SET $column = 7 WHERE id = 4"
		run ctl verify
		[ "$status" -eq 1 ]
		[[ $output == *'audit row 4 was changed'*'chain broken'* ]]
	done
	tamper "UPDATE audit SET old_value = new_value, new_value = old_value WHERE id = 5"
	run ctl verify
	[[ $output == *'audit row 5 was changed'* ]]
	tamper "UPDATE audit SET erased = 6, subject = '' WHERE id = 4"
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'audit row 4 was emptied, and no row says who erased it'* ]]
}

@test "verify as JSON says the same" {
	tamper 'SELECT 1'
	run ctl verify --json
	[ "$status" -eq 0 ]
	python3 -c 'import json, sys; json.loads(sys.argv[1])' "$output"
	tamper 'DELETE FROM audit WHERE id = 3'
	run ctl verify --json
	[ "$status" -eq 1 ]
	python3 - "$output" <<-'END'
		import json, sys
		audit = json.loads(sys.argv[1])["audit"]
		assert audit["chain"] == "broken" and audit["troubles"][0]["row"] == 4, audit
	END
}

@test "a row that was removed, put in, moved or cut off" {
	tamper 'DELETE FROM audit WHERE id = 3'
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'audit row 4 does not follow the row before it'* ]]
	tamper 'DELETE FROM audit WHERE id = 6'
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'audit: rows are missing, at the end or within'* ]]
	tamper "INSERT INTO audit SELECT 7, at, actor, action, subject, old_value, new_value, digest, mac, 0 FROM audit WHERE id = 6"
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'audit row 7 does not follow'* ]]
	tamper "INSERT INTO audit (id, at, actor, action, subject) VALUES (7, 1, 'kabar', 'x', 'y')"
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'audit row 7 was put in beside the chain'* ]]
	tamper 'UPDATE audit SET id = 10 WHERE id = 4; UPDATE audit SET id = 4 WHERE id = 5; UPDATE audit SET id = 5 WHERE id = 10'
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'audit row 4 does not follow'* ]]
}

@test "a head that was made to fit what was cut off" {
	tamper 'DELETE FROM audit WHERE id = 6; UPDATE audit_head SET entries = 5, last = 5, mac = (SELECT mac FROM audit WHERE id = 5)'
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'audit: the head of the chain was changed'* ]]
	tamper 'DELETE FROM audit; DELETE FROM audit_head'
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'audit: the head of the chain is missing'* ]]
	tamper "DELETE FROM audit; UPDATE audit_head SET entries = 0, last = 0, mac = zeroblob(32), seal = x''"
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'the head of the chain has no seal'* ]]
}

@test "without its key, or with another, or one that others may read, the store is refused with what to do" {
	tamper ''
	rm "$dir/kabar.db.key"
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *"the key file $dir/kabar.db.key of this store is missing: put back the copy"* ]]
	mkdir "$dir/other"
	sed "s|$dir/kabar.db|$dir/other/kabar.db|" "$dir/kabar.conf" >"$dir/other.conf"
	"$top_builddir/kabarctl" -c "$dir/other.conf" store init >/dev/null
	cp "$dir/other/kabar.db.key" "$dir/kabar.db.key"
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'is not the key of this store'* ]]
	head -c 150 "$dir/good.key" >"$dir/kabar.db.key"
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'is no key file of Kabar'* ]]
	cp "$dir/good.key" "$dir/kabar.db.key"
	chmod 644 "$dir/kabar.db.key"
	run ctl verify
	[ "$status" -eq 1 ]
	[[ $output == *'others may read the key file'*'chmod 600'* ]]
	chmod 600 "$dir/kabar.db.key"
	run ctl verify
	[ "$status" -eq 0 ]
}

@test "a store of before: it works without a key, and its old rows are chained when it gets one" {
	tamper "UPDATE audit SET digest = NULL, mac = NULL; DELETE FROM audit WHERE action = 'key taken';
		DELETE FROM identity WHERE key IN ('key', 'sealed');
		UPDATE audit_head SET entries = 0, mac = zeroblob(32), seal = x''"
	rm "$dir/kabar.db.key"
	ctl export reports >/dev/null
	run ctl verify
	[ "$status" -eq 0 ]
	[[ $output == *'6 audit rows, 0 erased, chain holds but for what is older than it'* ]]
	cp "$dir/good.key" "$dir/kabar.db.key"
	ctl export reports >/dev/null
	run ctl verify
	[ "$status" -eq 0 ]
	[[ $output == *'8 audit rows, 0 erased, chain holds, last'* ]]
	run ctl key show
	[ "$status" -eq 1 ]
	[[ $output == *'not everything is sealed: kabarctl key init' ]]
	sqlite3 "$dir/kabar.db" "INSERT INTO inbound (channel, link, source, destination, octets, esm_class, data_coding, received,
		text, state) VALUES ('sms', 'x', '+62812', '2255', x'33353033303134353037393539393931', 0, 0, 1, 'NIK 3503014507959991', 'handled')"
	grep -qa 3503014507959991 "$dir/kabar.db" "$dir/kabar.db-wal"
	run ctl key init
	[ "$status" -eq 0 ]
	[[ $output == *'1 rows sealed, of '* ]]
	! grep -qa 3503014507959991 "$dir/kabar.db"
	[ ! -s "$dir/kabar.db-wal" ]
	run ctl key show
	[ "$status" -eq 0 ]
	run ctl verify
	[ "$status" -eq 0 ]
	sqlite3 "$dir/kabar.db" "UPDATE audit SET actor = 'x' WHERE id = 2"
	run ctl verify
	[[ $output == *'audit row 2 was changed'* ]]
}
