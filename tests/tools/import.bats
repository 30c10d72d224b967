# kabarctl import and backup: lists that are right, lists that are wrong, lists that come again.

setup() {
	ctl="$top_builddir/kabarctl"
	areas="$top_srcdir/conf/areas/wilayah.csv"
	cd "$BATS_TEST_TMPDIR"
	cat >kabar.conf <<-END
		[gateway]
		name = gw1
		[store]
		path = $BATS_TEST_TMPDIR/kabar.db
		[smsc test]
		host = 127.0.0.1
		port = 2775
		system_id = kabar
		password = x
		address = 2255
	END
}

ctl() { "$ctl" -c kabar.conf "$@"; }

import_areas() { ctl import areas "$areas" >/dev/null; }

posyandu() {
	printf 'id,name,area\n35.03.01.2004.001,MELATI,35.03.01.2004\n35.03.01.2005.001,MAWAR,35.03.01.2005\n'
}

@test "all areas of the sample come in, and again change nothing" {
	run ctl import areas "$areas"
	[ "$output" = "areas: 1175 new, 0 changed, 0 unchanged" ]
	run ctl import areas "$areas"
	[ "$output" = "areas: 0 new, 0 changed, 1175 unchanged" ]
	[ "$(stat -c %a kabar.db)" = 640 ]
}

@test "rows in any order, a changed name counts as changed" {
	(head -1 "$areas"; tail -n +2 "$areas" | tac) >reversed.csv
	run ctl import areas reversed.csv
	[ "$output" = "areas: 1175 new, 0 changed, 0 unchanged" ]
	sed 's/Kabupaten Trenggalek/Kab. Trenggalek/' "$areas" >renamed.csv
	run ctl import areas renamed.csv
	[ "$output" = "areas: 0 new, 1 changed, 1174 unchanged" ]
}

@test "quotes, CRLF, a BOM and another order of columns" {
	import_areas
	printf '\xef\xbb\xbfname,id,areas\r\n"Panggul, ""Raya""",PKM-1,35.03.01.2004; 35.03.01.2005\r\n' >p.csv
	ctl import puskesmas p.csv
	run ctl import puskesmas p.csv
	[ "$output" = "puskesmas: 0 new, 0 changed, 1 unchanged" ]
}

@test "a dry run writes nothing" {
	import_areas
	posyandu >p.csv
	run ctl import posyandu --dry-run p.csv
	[ "$output" = "posyandu: 2 new, 0 changed, 0 unchanged (dry run: nothing was written)" ]
	run ctl import posyandu p.csv
	[ "$output" = "posyandu: 2 new, 0 changed, 0 unchanged" ]
}

@test "all errors with line and column, and nothing is written" {
	import_areas
	posyandu >p.csv
	ctl import posyandu p.csv
	cat >people.csv <<-END
		phone,name,role,area,posyandu,language
		081234567890,Siti,kader,35.03.01.2004,35.03.01.2004.001,
		12,Siti,kadr,35.03.01.9999,35.03.01.2004.009,xxxx
		081222333444,Ana,bidan,35.03,,
		+6281222333444,,dinkes,35.03.01,,
		081222333445,Ana,kader,35.03.01.2004,35.03.01.2005.001
	END
	run ctl import people people.csv
	[ "$status" -eq 1 ]
	for where in 'people.csv:3:1: "12" is not a phone' '3:9: there is no role "kadr"' \
		'3:14: there is no area' '3:28: there is no posyandu' '3:46: "xxxx" is not a language' \
		'4:24: "35.03" is not a desa' '5:16: name is empty' '5:24: "35.03.01" is not a kabupaten' \
		'5:1: "+6281222333444" stands in line 4 already' '6:1: 5 columns, the header has 6' \
		'6:38: posyandu "35.03.01.2005.001" is in 35.03.01.2005'; do
		[[ "$output" == *"$where"* ]] || { echo "not said: $where"; echo "$output"; false; }
	done
	[[ "$output" == *"nothing was written"* ]]
	[ "$(grep -o ':[0-9]*:' <<<"$output")" = "$(grep -o ':[0-9]*:' <<<"$output" | sort -t: -k2n)" ] # by line
	head -2 people.csv >good.csv
	run ctl import people good.csv
	[ "$output" = "people: 1 new, 0 changed, 0 unchanged" ]
}

@test "one number in two spellings is one person" {
	import_areas
	printf 'phone,name,role,area,posyandu,language\n0812 3456-7890,Siti,kader,35.03.01.2004,,\n' >a.csv
	printf 'phone,name,role,area\n+6281234567890,Siti,kader,35.03.01.2004\n' >b.csv
	ctl import people a.csv
	run ctl import people b.csv
	[ "$output" = "people: 0 new, 0 changed, 1 unchanged" ]
}

@test "--replace deactivates what the list does not name, and the list brings it back" {
	import_areas
	posyandu >p.csv
	ctl import posyandu p.csv
	head -2 p.csv >shorter.csv
	run ctl import posyandu shorter.csv
	[ "$output" = "posyandu: 0 new, 0 changed, 1 unchanged" ]
	run ctl import posyandu --replace --yes shorter.csv
	[ "$output" = "posyandu: 0 new, 0 changed, 1 unchanged, 1 deactivated" ]
	run ctl import posyandu p.csv
	[ "$output" = "posyandu: 0 new, 1 changed, 1 unchanged" ]
}

@test "a file that is no list is refused with its place" {
	import_areas
	printf 'id,name\n' >p.csv
	run ctl import posyandu p.csv
	[[ "$output" == *'p.csv:1:1: column "area" is missing'* ]]
	printf 'id,name,area\nA,"never closed,35.03.01.2004\n' >p.csv
	run ctl import posyandu p.csv
	[[ "$output" == *'p.csv:2:3: the quote that opens here is never closed'* ]]
	: >p.csv
	run ctl import posyandu p.csv
	[ "$status" -eq 1 ]
	run ctl import posyandu missing.csv
	[[ "$output" == *"missing.csv: No such file"* ]]
	run ctl import birds p.csv
	[ "$status" -eq 2 ]
}

@test "a desa that two puskesmas serve is refused" {
	import_areas
	printf 'id,name,areas\nA,Satu,35.03.01.2004;35.03.01.2005\nB,Dua,35.03.01.2004\n' >p.csv
	run ctl import puskesmas p.csv
	[ "$status" -eq 1 ]
	[[ "$output" == *'p.csv:3:7: "35.03.01.2004" is served by "A" (line 2) already'* ]]
}

@test "a kecamatan and a desa of it, or a desa that a stored puskesmas serves, are refused" {
	import_areas
	printf 'id,name,areas\nA,Satu,35.03.01\nB,Dua,35.03.01.2004\n' >p.csv
	run ctl import puskesmas p.csv
	[ "$status" -eq 1 ]
	[[ "$output" == *'"35.03.01.2004" is served by "A" (line 2) already'* ]]
	printf 'id,name,areas\nA,Satu,35.03.01.2004\n' >p.csv
	ctl import puskesmas p.csv
	printf 'id,name,areas\nB,Dua,35.03.01.2004\n' >p.csv
	run ctl import puskesmas p.csv
	[ "$status" -eq 1 ]
	[[ "$output" == *'"35.03.01.2004" is served by "A" already'* ]]
	ctl import puskesmas p.csv --replace --yes
}

@test "a backup is a whole store and never replaces a file" {
	import_areas
	ctl backup copy.db
	run ctl backup copy.db
	[ "$status" -eq 1 ]
	cp kabar.db.key copy.db.key
	chmod 600 copy.db.key
	sed -i 's/kabar.db/copy.db/' kabar.conf
	run ctl import areas "$areas"
	[ "$output" = "areas: 0 new, 0 changed, 1175 unchanged" ]
	[ ! -e copy.db.partial ]
}

@test "what an import changes is in the audit: who, what was, what is" {
	import_areas
	printf 'phone,name,role,area,posyandu,language\n081200000001,Sri,bidan,35.03.01.2004,,id\n' >p.csv
	ctl import people p.csv
	sed -i 's/Sri/Sri Rahayu/' p.csv
	ctl import people p.csv
	ctl import people p.csv
	run sqlite3 kabar.db "SELECT actor LIKE 'kabarctl:%', action, old_value, new_value FROM audit WHERE subject = '+6281200000001'"
	[ "${lines[0]}" = '1|import people||Sri, bidan, 35.03.01.2004, id' ]
	[ "${lines[1]}" = '1|import people|Sri, bidan, 35.03.01.2004, id|Sri Rahayu, bidan, 35.03.01.2004, id' ]
	[ "${#lines[@]}" -eq 2 ]
}

@test "a list as an Indonesian Excel writes it: semicolons, UTF-16, capitals, apostrophes, no-break spaces" {
	import_areas
	printf 'Phone;Name;Role;Area;Posyandu;Language\r\n\x270812-0000-0001;Bu Tini;Kader;35.03.01.2004;;ID\r\n\xc2\xa00812 0000 0002\xc2\xa0;Bu Sri;BIDAN;"35.03.01.2004;35.03.01.2005";;\r\n' >excel.csv
	run ctl import people excel.csv
	[ "$output" = "people: 2 new, 0 changed, 0 unchanged" ]
	(printf '\xff\xfe'; iconv -f UTF-8 -t UTF-16LE excel.csv) >wide.csv
	run ctl import people wide.csv
	[ "$output" = "people: 0 new, 0 changed, 2 unchanged" ]
	(printf 'sep=;\r\n'; cat excel.csv) >sep.csv
	run ctl import people sep.csv
	[ "$output" = "people: 0 new, 0 changed, 2 unchanged" ]
	tr ';' '\t' <<<"phone;name;role;area" >tabs.csv
	printf '081200000003\tBu Ani\tkader\t35.03.01.2004\n' >>tabs.csv
	run ctl import people tabs.csv
	[ "$output" = "people: 1 new, 0 changed, 0 unchanged" ]
}

@test "a file that is no UTF-8 is refused in one line that says what to do" {
	import_areas
	printf 'phone,name,role,area\n081200000001,Ren\xe9,kader,35.03.01.2004\n081200000002,Ren\xe9,kader,35.03.01.2004\n' >latin.csv
	run ctl import people latin.csv
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 1 ]
	[[ $output == *'line 2: not UTF-8 text; save it as "CSV UTF-8"' ]]
}

@test "what would deactivate more than a tenth shows its plan and waits for --yes" {
	import_areas
	(echo 'phone,name,role,area'; for i in $(seq 10 29); do echo "0812000000$i,Bu $i,kader,35.03.01.2004"; done) >all.csv
	ctl import people all.csv
	head -1 all.csv >none.csv
	run ctl import people none.csv --replace
	[ "$status" -eq 1 ]
	[[ $output == *'20 of 20 active would be deactivated'*'--yes' ]]
	head -19 all.csv >most.csv
	run ctl import people most.csv --replace
	[ "$output" = "people: 0 new, 0 changed, 18 unchanged, 2 deactivated" ]
	run ctl import people none.csv --replace --yes
	[ "$output" = "people: 0 new, 0 changed, 0 unchanged, 18 deactivated" ]
}

@test "one province of the list of all" {
	run ctl import areas "$areas" --province 17
	[ "$status" -eq 0 ]
	[ "$(sqlite3 kabar.db "SELECT count(*) FROM areas WHERE code NOT LIKE '17%'")" -eq 0 ]
	[ "$(sqlite3 kabar.db "SELECT count(*) FROM areas WHERE code LIKE '17.%'")" -gt 100 ]
}

@test "kabarctl: help, version and -c stand anywhere; the same exit status for the same error" {
	run ctl --version
	[[ $output == kabarctl\ [0-9]* ]]
	run "$ctl" import --help
	[ "$status" -eq 0 ]
	[[ $output == *'import areas|puskesmas'* ]]
	run "$ctl" help backup
	[[ $output == *'backup'* ]]
	run "$ctl" import areas "$areas" -c kabar.conf
	[ "$status" -eq 0 ]
	run "$ctl" nothing
	[ "$status" -eq 2 ]
	run "$ctl" import areas x.csv -c
	[ "$status" -eq 2 ]
	[[ $output == *'-c: give the configuration file'* ]]
}

@test "backups into a directory: named by time, the oldest go, a changed one is found" {
	import_areas
	mkdir backups
	touch backups/kabar-20200101T000000Z.db backups/kabar-20200102T000000Z.db backups/other.db
	run ctl backup --into backups --keep 2
	[ "$status" -eq 0 ]
	file=$output
	[ "$(ls backups/kabar-*.db | wc -l)" -eq 2 ]
	[ ! -e backups/kabar-20200101T000000Z.db ]
	[ -e backups/other.db ]
	(cd backups && sha256sum -c "${file#backups/}.sha256")
	run ctl backup --check "$file"
	[[ $output == "$file: whole: store "* ]]
	printf X | dd of="$file" bs=1 seek=4000 conv=notrunc 2>/dev/null
	run ctl backup --check "$file"
	[ "$status" -eq 1 ]
	[[ $output == *'is not what was written'* ]]
	run ctl backup --into backups --keep 0
	[ "$status" -eq 2 ]
}
