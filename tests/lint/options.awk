# Every row of the option table stands in the sample file and in the manual page, and no other does. Input:
# gateway/config/config_options.h, conf/kabar.conf, docs/kabar.conf.5, in that order. Exit 1 when one is missing or too much.

function complain(where, what) {
	printf "%s: %s\n", where, what
	broken = 1
}

FNR == 1 { place = FILENAME ~ /\.h$/ ? "table" : FILENAME ~ /\.5$/ ? "manual" : "sample" }

place == "table" && /^[A-Z_]+\("/ {
	split($0, part, "\"")
	section = part[2]
	sub(/ \*$/, "", section)
	table[section "." part[4]] = 1
	rows++
}

place == "sample" && /^\[/ { section = substr($1, 2); sub(/\].*/, "", section) }
place == "sample" && /^;?[a-z_]+ =/ {
	key = $1
	sub(/^;/, "", key)
	found["sample", section "." key] = 1
	if (!((section "." key) in table))
		complain(FILENAME, "[" section "] " key " is no option")
}

place == "manual" && /^\.SH \[/ { section = substr($2, 2); sub(/\].*/, "", section) }
place == "manual" && /^\.SH [^[]/ { section = "" }
place == "manual" && /^\.B / && section != "" {
	key = $2
	gsub(/\\/, "", key)
	found["manual", section "." key] = 1
	if (!((section "." key) in table))
		complain(FILENAME, "[" section "] " key " is no option")
}

END {
	for (option in table) {
		if (!(("sample", option) in found))
			complain("sample file", option " is missing")
		if (!(("manual", option) in found))
			complain("manual page", option " is missing")
	}
	if (!rows)
		complain("option table", "no row found")
	exit broken
}
