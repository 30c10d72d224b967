# kabarctl's commands that talk to a running kabard, and what it says to mistakes.

load gateway

setup_file() {
	printf 'wait bind\nsms +6281200000001: LAHIR ?\nexpect reply ~ .\nwait answered\n' >"$dir/script"
	operator_start
	gateway_start
}

teardown_file() {
	gateway_stop
}

@test "the operator's script went as expected" {
	grep -q '1 answered as expected, 0 not' "$dir/smsc.out"
}

@test "status names the link; without the operator, who has gone, the gateway is not healthy: exit status 1" {
	run ctl status
	[[ $output == *'NOT HEALTHY'*no-link* ]]
	[ "$status" -eq 1 ]
	[[ $output == *uji* ]]
}

@test "status --json is one JSON object" {
	run ctl status --json
	[ "$status" -eq 1 ]
	python3 -c 'import json, sys; assert "uji" in json.dumps(json.loads(sys.argv[1]))' "$output"
}

@test "reload takes a good configuration" {
	run ctl reload
	[ "$status" -eq 0 ]
}

@test "reload refuses a bad one and says why" {
	cp "$dir/kabar.conf" "$dir/good.conf"
	printf '[gateway]\nnmae = x\n' >>"$dir/kabar.conf"
	run "$top_builddir/kabarctl" -c "$dir/good.conf" reload
	cp "$dir/good.conf" "$dir/kabar.conf"
	[ "$status" -ne 0 ]
	[[ $output == *nmae* ]]
}

@test "config check passes the sample configuration" {
	sed -E -e "s,^;(forms|menus|messages|lexicon|dialects) = /.*,\1 = $top_srcdir/conf/\1," \
		-e "s,^;?(control|path) = .*/,\1 = $dir/," "$top_srcdir/conf/kabar.conf" >"$dir/sample.conf"
	run "$top_builddir/kabarctl" -c "$dir/sample.conf" config check
	[ "$status" -eq 0 ]
}

@test "config check names every error with file, line, caret and a suggestion" {
	printf '[gateway]\nnmae = x\ntimezone = Asia/Jakarta\n[limits]\nbatch = many\n' >"$dir/bad.conf"
	run "$top_builddir/kabarctl" -c "$dir/bad.conf" config check
	[ "$status" -eq 1 ]
	[[ $output == *"bad.conf:2:"* ]]
	[[ $output == *"bad.conf:5:"* ]]
	[[ $output == *"name"* ]]
	[[ $output == *"^"* ]]
}

@test "config check proves the rules of what is ignored: file, line, why" {
	mkdir -p "$dir/words"
	cp "$top_srcdir"/conf/lexicon/*.ini "$dir/words/"
	printf '[own]\ngood = ^iklan\\b\nopen = ^(iklan\nslow = ^(a+)+$\nall = .*\n' >"$dir/words/ignore-own.ini"
	sed -E "s,^;(forms|menus|messages|dialects) = .*,\1 = $top_srcdir/conf/\1,; s,^;lexicon = .*,lexicon = $dir/words," \
		"$top_srcdir/conf/kabar.conf" >"$dir/words.conf"
	run "$top_builddir/kabarctl" -c "$dir/words.conf" config check
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"ignore-own.ini:3:"*"missing closing parenthesis"* ]]
	[[ $output == *"ignore-own.ini:4:"*"too long"* ]]
	[[ $output == *"ignore-own.ini:5:"*"every text"* ]]
	[[ $output != *"ignore-own.ini:2:"* ]]
}

@test "a phrase with <class> stands for one with each of that class, which stands further up" {
	mkdir -p "$dir/gaps"
	cp "$top_srcdir"/conf/lexicon/*.ini "$dir/gaps/"
	printf '[own_front]\n1 = one, two\n[own]\nA = <own_front> x\nB = y, two x\nC = <own_behind> x\n[own_behind]\n1 = z\n' \
		>"$dir/gaps/own.ini"
	sed -E "s,^;(forms|menus|messages|dialects) = .*,\1 = $top_srcdir/conf/\1,; s,^;lexicon = .*,lexicon = $dir/gaps," \
		"$top_srcdir/conf/kabar.conf" >"$dir/gaps.conf"
	run "$top_builddir/kabarctl" -c "$dir/gaps.conf" config check
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *'own.ini:5:'*'"two x" means something else in [own] already'* ]]
	[[ $output == *'own.ini:6:'*'no class [own_behind] further up'* ]]
}

@test "backup makes a sound copy and never overwrites" {
	run ctl backup "$dir/copy.db"
	[ "$status" -eq 0 ]
	[ "$(sqlite3 -readonly "$dir/copy.db" 'PRAGMA integrity_check')" = ok ]
	run ctl backup "$dir/copy.db"
	[ "$status" -ne 0 ]
}

@test "an unknown command: usage, status 2" {
	run ctl frobnicate
	[ "$status" -eq 2 ]
}

@test "without a running kabard status says so" {
	sed "s|kabar.sock|none.sock|" "$dir/kabar.conf" >"$dir/none.conf"
	run "$top_builddir/kabarctl" -c "$dir/none.conf" status
	[ "$status" -ne 0 ]
	[[ $output == *none.sock* ]]
}

@test "every command stands in the manual" {
	"$top_builddir/kabarctl" -h | sed -n 's/^  \([a-z]*\).*/\1/p' >"$dir/commands"
	while read -r command; do
		grep -q "^\.BI* \"*$command" "$top_srcdir/docs/kabarctl.1" || { echo "$command is missing"; return 1; }
	done <"$dir/commands"
	[ -s "$dir/commands" ]
}

@test "read --explain shows the region that was taken and what was left out of it" {
	run ctl read --from +6281200000001 --now 2024-08-15T10:00 --explain <<<\
		"maaf bu telat, lahir ny darmi 33 th tgl 9/8 laki2 bb 24 ons pb 46 di pkm dtlg bidan hidup. besok ada rapat jam 9"
	[ "$status" -eq 0 ]
	[[ $output == *'opened by its keyword at word 3, "lahir"; read is: "ny darmi'* ]]
	[[ $output == *'left out behind it as talk: "besok ada rapat jam 9"'* ]]
	[[ $output != *'Tried as form mati'* ]]
}
