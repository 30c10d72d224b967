# Each constant of tests/limits/limits.tsv stands where the table says, with that value. Input: the table, then the C files
# of the floors. Exit 1 when they differ.

function complain(where, what) {
	printf "%s: %s\n", where, what
	broken = 1
}

FNR == 1 { table = FILENAME ~ /limits\.tsv$/ }
table && !/^#/ && NF {
	split($0, column, "\t")
	value[column[2] "\t" column[1]] = column[3]
	if (column[4] == "")
		complain(FILENAME, column[1] " names no test")
}
!table && /^#define [A-Z_0-9]+[ \t]/ && (FILENAME "\t" $2) in value {
	key = FILENAME "\t" $2
	text = $0
	sub(/^#define [A-Z_0-9]+[ \t]+/, "", text)
	sub(/[ \t]*\/\*.*/, "", text)
	sub(/[ \t]+$/, "", text)
	seen[key] = 1
	if (value[key] != text)
		complain(FILENAME, $2 " is " text " and " value[key] " in the table")
}

END {
	for (key in value)
		if (!(key in seen)) {
			split(key, part, "\t")
			complain("tests/limits/limits.tsv", part[2] " is not in " part[1])
		}
	exit broken
}
