# A district adds patterns without a programmer: rules that change a text, rules for what is ignored. Each is proven when
# it is loaded, with its file, line and place; what takes too long is refused, and at run time stopped by its limits.

load gateway

setup_file() {
	mkdir "$dir/lexicon"
	cp "$top_srcdir"/conf/lexicon/*.ini "$dir/lexicon/"
	lexicon=$dir/lexicon configure
	for list in areas puskesmas posyandu people; do
		ctl import "$list" "$top_srcdir/tests/play/data/$list.csv"
	done
}

teardown() {
	rm -f "$dir/lexicon/rewrite_own.ini" "$dir/lexicon/ignore_own.ini"
}

reads() {
	printf '%s\n' "$1" | ctl read --from +6281200000001 --now 2024-08-15T10:00+07:00
}

@test "a rule that changes a text, with its example" {
	run reads 'POS MELATI S45 K45 D38 N30 /7'
	echo "$output"
	[[ $output != *'"status":"accepted"'* ]]
	cat >"$dir/lexicon/rewrite_own.ini" <<-RULES
		[greeting_of_the_group]
		pattern = ^salam sehat dari \w+\s*:\s*
		with    =
		example = salam sehat dari melati: pos melati 45 45 38 30 => pos melati 45 45 38 30

		[footer_of_the_group]
		pattern = \s+/\d\s*$
		with    =
		example = pos melati 45 45 38 30 /7 => pos melati 45 45 38 30
	RULES
	run ctl config check
	[ "$status" -eq 0 ]
	run reads 'salam sehat dari melati: POS MELATI S45 K45 D38 N30 /7'
	echo "$output"
	[[ $output == *'"status":"accepted"'*'"s":45'*'"n":30'* ]]
	run bash -c "printf '%s\n' 'salam sehat dari melati: POS MELATI 45 45 38 30' |
		'$top_builddir/kabarctl' -c '$dir/kabar.conf' read --from +6281200000001 --now 2024-08-15T10:00+07:00 --explain"
	echo "$output"
	[[ $output == *'rule "greeting_of_the_group" makes of the text'* ]]
}

@test "an example that does not come out, a rule without one, an unknown key: file and line" {
	printf '%s\n' '[a]' 'pattern = ^foo' 'with = bar' 'example = foo 1 => baz 1' '' \
		'[b]' 'pattern = ^x' '' '[c]' 'pattern = ^y' 'example = y 1 => 1' 'colour = red' \
		>"$dir/lexicon/rewrite_own.ini"
	run ctl config check
	echo "$output"
	[ "$status" -ne 0 ]
	[[ $output == *'rewrite_own.ini:4:'*'makes "bar 1"'* ]]
	[[ $output == *'rewrite_own.ini:7:'*'[b] has no example'* ]]
	[[ $output == *'rewrite_own.ini:12:'*'no "colour"'* ]]
}

@test "a pattern that does not compile, and one that takes too long, are refused with their place" {
	printf '%s\n' '[a]' 'pattern = ^(foo' 'example = foo => foo' '' \
		'[b]' 'pattern = (a+a+)+[bc]' 'example = aaa => x' >"$dir/lexicon/rewrite_own.ini"
	printf '%s\n' '[own]' 'slow = (a+a+)+[bc]' 'all = .*' >"$dir/lexicon/ignore_own.ini"
	run ctl config check
	echo "$output"
	[ "$status" -ne 0 ]
	[[ $output == *'rewrite_own.ini:2:'*'cannot be used'* ]]
	[[ $output == *'rewrite_own.ini:6:'*'too long'* ]]
	[[ $output == *'ignore_own.ini:2:'*'too long'* ]]
	[[ $output == *'ignore_own.ini:3:'*'an empty one'* ]]
}

@test "a text that a rule chokes on is read without it" {
	printf '%s\n' '[own]' 'slow = ^(x+x+)+y' >"$dir/lexicon/ignore_own.ini"
	run reads "POS MELATI 45 45 38 30 ket $(printf 'x%.0s' {1..600})"
	echo "$output"
	[[ $output == *'"form":"pos"'*'"s":45'* ]]
}

@test "an ignore rule of one's own" {
	run reads 'info grup: jadwal senam hari jumat'
	[[ $output == *'"intent":"human"'* ]]
	printf '%s\n' '[own]' 'group = ^info grup:' >"$dir/lexicon/ignore_own.ini"
	run reads 'info grup: jadwal senam hari jumat'
	echo "$output"
	[[ $output == *'"intent":"ignore"'* ]]
}

# caret OUTPUT: what stands over the caret, to the line's end.
caret() {
	awk '/^ *\^ *$/ { print substr(last, index($0, "^")) } { last = $0 }' <<<"$1"
}

@test "a pattern of an operator's receipts: good, or refused with its line and a caret at its place" {
	cp "$dir/kabar.conf" "$dir/whole.conf"
	printf 'receipt_pattern = %s\n' '^Laporan kirim (?<id>\w+)\W+(?:(?<delivered>beres)|(?<failed>kandas))' >>"$dir/kabar.conf"
	run ctl config check
	echo "$output"
	[ "$status" -eq 0 ]
	cp "$dir/whole.conf" "$dir/kabar.conf"
	printf 'receipt_pattern = %s\n' '^Laporan kirim (?<id>\w+)+) beres' >>"$dir/kabar.conf"
	run ctl config check
	echo "$output"
	[ "$status" -ne 0 ]
	[[ $output == *"kabar.conf:$(wc -l <"$dir/kabar.conf"):"*'receipt_pattern cannot be used'*'parenthesis'* ]]
	[ "$(caret "$output")" = ') beres' ]
	cp "$dir/whole.conf" "$dir/kabar.conf"
	printf 'receipt_pattern = %s\n' '^Laporan kirim (?<nomor>\w+)' >>"$dir/kabar.conf"
	run ctl config check
	echo "$output"
	[ "$status" -ne 0 ]
	[ "$(caret "$output")" = 'nomor>\w+)' ]
	cp "$dir/whole.conf" "$dir/kabar.conf"
}
