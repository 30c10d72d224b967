# No field of a form is named in C: what the program must know of one is a role that the form file gives
# (place =, who =, held = ...). Input: form files (*.ini), then C files. Exit 1 when a rule is broken.

BEGIN {
	# Words that name something else too (levels of areas, kinds of places, titles, types, classes of words,
	# units, indicators): refused only where a field is meant.
	split("desa posyandu ibu bayi nama nik jam luaran s k d n stunting gizi_buruk penyakit tahun kembar letak td lahir anak meninggal naik", words, " ")
	for (i in words)
		homonym[words[i]] = 1
	meant = "report_(text|value|set)|form_field|record_confirm|[.>]field[^a-z_]|fields?(\\[[^]]*\\])?(->|[.])name"
}

FILENAME ~ /\.ini$/ {
	if (match($0, /^\[field [a-z0-9_]+\]/))
		field[substr($0, 8, RLENGTH - 8)] = FILENAME
	next
}

{
	code = $0
	gsub(/\/\*.*(\*\/|$)/, "", code)
	if (code ~ /^[ \t]*\*/ || code ~ /^[ \t]*#[ \t]*include/)
		next
	statement = FNR == 1 ? code : statement " " code # a call may have begun on a line above
	n = split(code, part, "\"")
	for (i = 2; i <= n; i += 2) {
		name = part[i]
		if (!(name in field))
			continue
		if ((name in homonym || length(name) == 1) && statement !~ meant)
			continue
		printf "%s:%d: names the field \"%s\" of %s; let the form give it a role\n", \
			FILENAME, FNR, name, field[name]
		broken = 1
	}
	if (code ~ /[;{}][ \t]*$/)
		statement = ""
}

END {
	exit broken
}
