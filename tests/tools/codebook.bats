# The code book for the wall: labels, the standard word first and few others, nothing that nobody reports.

load gateway

setup_file() {
	configure
	for list in areas puskesmas posyandu people; do
		ctl import "$list" "$top_srcdir/tests/play/data/$list.csv"
	done
}

@test "each choice has its standard word first and at most three others" {
	run ctl codebook
	[ "$status" -eq 0 ]
	[[ $output == *'L = laki-laki, lk, cowok'* ]]
	[[ $output == *'P = perempuan, pr, cewek'* ]]
	[[ $output == *'PKM = puskesmas, pusk'* ]]
	! grep -E 'jantan|betin' <<<"$output"
	! grep -E '= [^,]+(, [^,]+){4}' <<<"$output"
}

@test "the order names labels, the letters of a session say what they are" {
	run ctl codebook
	[[ $output == *'Urutan: nama ibu, NIK ibu, umur ibu, tanggal lahir, jenis kelamin'* ]]
	[[ $output == *'S (semua balita): angka 0 sampai 999'* ]]
	[[ $output == *'berat (gram): 3200, 3,2 kg atau 32 ons; 500 sampai 6000'* ]]
	! grep -E 'SEBAB_KODE|wajib bila perlu|teks bebas|urutan kembar|kelas|seperti ditulis' <<<"$output"
}

@test "the NIK of the example is nobody's, and is one" {
	run ctl codebook
	[[ $output == *3503014507950000* ]]
	run ctl read --from +6281200000003 --now 2024-08-15T10:00+07:00 \
		<<<'LAHIR NIK 3503014507950000 IBU SITI TGL 14/8/24 L BB 3200 PKM BIDAN HIDUP'
	echo "$output"
	[[ $output == *'"nik":"3503014507950000"'* ]]
	[[ $output != *'"code":"nik"'* ]]
}

@test "the summary has each report, what to do with one, and the number for help" {
	run ctl codebook --markdown
	[[ $output == *'LAHIR#SITI AMINAH#'*'MATI#IBU#SARMI#'*'POS#MELATI#45#45#38#30'*'ILP#'* ]]
	[[ $output == *'KOREKSI L'*'BATAL L'*'CEK SAYA'*119* ]]
}

@test "the card is one page of A5, made from the forms" {
	"$top_builddir/kabarctl" -c "$dir/kabar.conf" codebook --card >"$dir/card.pdf"
	[ "$(head -c 8 "$dir/card.pdf")" = '%PDF-1.4' ]
	[ "$(grep -ac '/Type /Page ' "$dir/card.pdf")" -eq 1 ]
	grep -aq '/MediaBox \[0 0 419.53 595.28\]' "$dir/card.pdf"
	for keyword in LAHIR MATI POS ILP; do grep -aq "($keyword) Tj" "$dir/card.pdf"; done
	# Each object stands where the table at the end says.
	python3 - "$dir/card.pdf" <<-'END'
		import re, sys
		data = open(sys.argv[1], "rb").read()
		start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
		assert data[start:start + 4] == b"xref"
		places = re.findall(rb"^(\d{10}) 00000 n ", data[start:], re.M)
		assert places and all(data[int(p):].startswith(b"%d 0 obj" % (i + 1)) for i, p in enumerate(places))
		streams = re.findall(rb"/Length (\d+) >>\nstream\n(.*?)endstream", data, re.S)
		assert streams and all(int(length) == len(stream) for length, stream in streams)
	END
}
