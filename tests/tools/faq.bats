# A district answers its own questions of policy: a file of data beside ours, proved by config check.

load gateway

setup_file() {
	cp -r "$top_srcdir/conf/lexicon" "$dir/lexicon"
	chmod -R u+w "$dir/lexicon"
	lexicon=$dir/lexicon configure
	for list in areas puskesmas posyandu people; do
		ctl import "$list" "$top_srcdir/tests/play/data/$list.csv"
	done
}

teardown() {
	rm -f "$dir/lexicon/faq-own.ini"
}

# asks TEXT: what comes to a kader
asks() {
	printf '%s\n' "$1" | ctl read --from +6281200000001 --now 2024-08-15T10:00+07:00
}

# own LINE...: the district's file
own() {
	printf '%s\n' "$@" >"$dir/lexicon/faq-own.ini"
}

@test "ours are good, and answer" {
	run ctl config check
	echo "$output"
	[ "$status" -eq 0 ]
	run asks 'laporan bulan lalu masih bisa masuk?'
	echo "$output"
	[[ $output == *'"topic":"susulan"'*'"reply":"Masih bisa.'* ]]
}

@test "a question of the district's own is answered, in its words" {
	run asks 'seragam kader ngambilnya di mana'
	[[ $output != *'"intent":"help"'* ]]
	own '[seragam]' 'when = seragam* / kaos + kader*' '       + di mana / kapan / ambil* / *ambil*' \
		'id = Seragam kader diambil di puskesmas, Senin sampai Kamis.' 'example = seragam kader ngambilnya di mana' \
		'not = seragam kader berapa jumlahnya'
	run ctl config check
	echo "$output"
	[ "$status" -eq 0 ]
	run asks 'bu seragam kader sdh bisa diambil kapan ya'
	echo "$output"
	[[ $output == *'"topic":"seragam"'*'"reply":"Seragam kader diambil di puskesmas'* ]]
}

# refused LINE TEXT: config check says so of that line of the district's file
refused() {
	run ctl config check
	echo "$output"
	[ "$status" -ne 0 ]
	[[ $output == *"faq-own.ini:$1: "*"$2"* ]]
}

@test "an example that leads elsewhere, or to nothing, is an error with its line" {
	own '[seragam]' 'when = seragam* + kader*' 'id = Di puskesmas.' 'example = seragam kader di mana' 'example = pulsanya siapa yang bayar'
	refused 5 'leads not to [seragam] but to pulsa'
	own '[seragam]' 'when = seragam* + kader*' 'id = Di puskesmas.' 'example = seragam kader di mana' 'not = seragam kader kapan'
	refused 5 'leads to [seragam]'
}

@test "a class that there is not, no words, no answer, no example, an answer that is too long" {
	own '[seragam]' 'when = seragam* + <seragaman>' 'id = Di puskesmas.' 'example = seragam kader di mana'
	refused 2 'no class [seragaman]'
	own '[seragam]' 'when = seragam* + ' 'example = seragam kader di mana'
	refused 2 'has no id'
	own '[seragam]' 'id = Di puskesmas.' 'example = seragam kader di mana'
	refused 2 'has no when'
	own '[seragam]' 'when = seragam* + kader*' 'id = Di puskesmas.'
	refused 2 'has no example'
	own '[seragam]' 'when = seragam* + kader*' "id = $(printf 'Di puskesmas. %.0s' {1..12})" 'example = seragam kader di mana'
	refused 3 'the answer is too long'
	own '[seragam]' 'wenn = seragam'
	refused 2 'no "wenn"'
}
