# A form is one file: a new one is read, asked about, answered, stored and counted without any other change.

load gateway

setup_file() {
	mkdir "$dir/forms"
	cp "$top_srcdir"/conf/forms/*.ini "$top_srcdir/tests/tools/kb.ini" "$dir/forms/"
	cp -r "$top_srcdir"/conf/forms/who "$dir/forms/" 2>/dev/null || true
	forms=$dir/forms configure
	for list in areas puskesmas posyandu people; do
		ctl import "$list" "$top_srcdir/tests/play/data/$list.csv"
	done
}

# What a text of the bidan means, as JSON.
reads() {
	printf '%s\n' "$1" | ctl read --from +6281200000003 --now 2024-08-15T10:00+07:00
}

@test "the configuration is good" {
	run ctl config check
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"$(ls "$dir"/forms/*.ini | wc -l) forms"* ]]
}

@test "the form is read in its order, by keys and in free order" {
	for text in 'KB#SITI#SUNTIK#2' 'kb bu siti suntik anak 2' 'AKSEPTOR anak=2, cara suntik, nama SITI'; do
		run reads "$text"
		echo "$output"
		[[ $output == *'"form":"kb","status":"accepted"'* ]]
		[[ $output == *'"nama":"SITI"'*'"metode":"SUNTIK"'*'"anak":2'*'"tgl":"2024-08-15"'*'"desa":"35.03.01.2004"'* ]]
	done
}

@test "a pattern fills the fields of its groups, a function makes a day, points make a class" {
	run reads 'KB#SITI#SUNTIK#2#TD 150/95'
	echo "$output"
	[[ $output == *'"td":"150/95","sistol":150,"diastol":95'*'"kontrol":"2024-11-07"'*'"skor":6,"kelas":"RUJUK"'* ]]
	[[ $output == *'"notes":["hipertensi"]'* ]]
	run reads 'kb siti pil anak 2 tensi 120 / 80 mmhg'
	echo "$output"
	[[ $output == *'"td":"120/80"'*'"diastol":80'*'"skor":2,"kelas":"BIASA"'* ]]
	[[ $output != *kontrol* ]]
	run reads 'KB#SITI#PIL#2#TD 12/8'
	echo "$output"
	[[ $output != *sistol* ]]
	run reads 'KB#SITI#PIL#2#keluhan pusing dan mual'
	echo "$output"
	[[ $output == *'"keluhan":"PUSING,MUAL"'*'"skor":4'* ]]
}

@test "what is missing is named, what is out of range is refused, what is odd is asked" {
	run reads 'KB#SITI#SUNTIK'
	echo "$output"
	[[ $output == *'"status":"incomplete"'*'"field":"anak","code":"missing"'* ]]
	run reads 'KB#SITI#PIL#anak 40'
	echo "$output"
	[[ $output == *'"field":"anak","code":"range"'* ]]
	run reads 'KB#SITI#MOW#1'
	echo "$output"
	[[ $output == *'"status":"question"'*'"field":"anak"'* ]]
}

@test "help and code book are made from it" {
	run reads 'KB ?'
	echo "$output"
	[[ $output == *'KB#SITI#SUNTIK#2'* ]]
	run reads 'KODE METODE'
	echo "$output"
	[[ $output == *'PIL, SUNTIK, IUD, MOW'* ]]
	run ctl codebook
	[[ $output == *'Keluarga berencana'*'KB#SITI#SUNTIK#2'*'cara KB'*'PIL'* ]]
}

@test "stored, told again, asked, corrected, taken back: the counts follow" {
	cat >"$dir/kb.play" <<-PLAY
		conf kabar.conf
		clock 2024-08-15 10:00
		import areas     $top_srcdir/tests/play/data/areas.csv
		import posyandu  $top_srcdir/tests/play/data/posyandu.csv
		import puskesmas $top_srcdir/tests/play/data/puskesmas.csv
		import people    $top_srcdir/tests/play/data/people.csv
		sms +6281200000003: KB#SITI#IUD#2
		expect reply ~ B2408-0001.*Siti
		expect report B2408-0001 status=accepted metode=IUD anak=2
		sms +6281200000003: KB#WARNI#PIL#1
		expect reply ~ B2408-0002
		sms +6281200000003: kb siti iud 2
		expect reply ~ B2408-0001
		expect reports kb = 2
		expect count kb 35.03 2024-08 = 2
		expect count kb_mkjp 35.03.01.2004 2024-08 = 1
		expect count kb_anak 35.03.01 2024 = 3
		sms +6281200000003: KB#RINA#MOW#1
		expect reply ~ anak
		expect count kb 35.03 2024-08 = 2
		sms +6281200000003: YA
		expect reply ~ B2408-0004
		expect count kb 35.03 2024-08 = 3
		sms +6281200000003: KOREKSI B2408-0001 METODE PIL
		expect reply ~ B2408-0001
		expect count kb_mkjp 35.03.01.2004 2024-08 = 0
	PLAY
	run ctl play "$dir/kb.play"
	echo "$output"
	[ "$status" -eq 0 ]
}

# refused START LINE: the form with another line for the one that starts so is no good.
refused() {
	sed "s|^$1 .*|$2|" "$top_srcdir/tests/tools/kb.ini" >"$dir/forms/kb.ini"
	run ctl config check
	cp "$top_srcdir/tests/tools/kb.ini" "$dir/forms/kb.ini"
	echo "$output"
	[ "$status" -eq 1 ]
}

@test "a pattern that is none, a group that is no field, an unknown function are refused with their line" {
	line=$(grep -n '^pattern' "$top_srcdir/tests/tools/kb.ini" | cut -d: -f1)
	refused 'pattern =' 'pattern = (?<sistol>\\d{2,3}/'
	[[ $output == *"kb.ini:$line:"*parenthes* ]]
	refused 'pattern =' 'pattern = (?<atas>\\d{2,3})/(?<diastol>\\d{2,3})'
	[[ $output == *"kb.ini:$line:"*'the group "atas" is no field'* ]]
	refused 'function =' 'function = days_afer'
	[[ $output == *'there is no function "days_afer"; did you mean "days_after"?'* ]]
	refused 'points  ' 'points   = many when td=1'
	[[ $output == *'points are NUMBER'* ]]
}

@test "a keyword that another form has is an error" {
	sed -i 's/^keywords = KB,/keywords = LAHIR,/' "$dir/forms/kb.ini"
	run ctl config check
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *'kb and lahir'*LAHIR* ]]
}
