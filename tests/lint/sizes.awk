# Functions of at most 80 lines, files of at most 500, headers of at most 100, lines of at most 100 columns (a tab counts
# up to the next multiple of 8), folders of at most 30 such files: one that grew beyond is two rooms. Rows of a macro
# table in a header (they end in a backslash) are data and not counted. Input: C files. Exit 1 when one is larger.

function complain(line, text) {
	printf "%s:%d: %s\n", file, line, text
	broken = 1
}

function end_of_file(    limit) {
	limit = file ~ /\.h$/ && file !~ /^tests\// ? 100 : 500
	if (file != "" && lines - rows > limit)
		complain(lines, lines - rows " lines, allowed are " limit)
}

function columns(text,    i, at) {
	gsub(/[\200-\277]/, "", text) # the tails of UTF-8 characters (LC_ALL=C)
	if (text !~ /\t/)
		return length(text)
	for (i = 1; i <= length(text); i++)
		at = substr(text, i, 1) == "\t" ? int(at / 8) * 8 + 8 : at + 1
	return at
}

FNR == 1 {
	end_of_file()
	file = FILENAME
	folder = file
	sub(/\/[^\/]*$/, "", folder)
	if (++files[folder] == 31)
		complain(1, "more than 30 files in " folder)
	start = 0
	rows = 0
}

{ lines = FNR }

file ~ /\.h$/ && /\\$/ { rows++ }

file ~ /\.c$/ && columns($0) > 100 { complain(FNR, columns($0) " columns, allowed are 100") }

# In the kernel's style a function's braces stand alone in the first column.
/^\{/ { start = FNR }
/^\}/ && start {
	if (FNR - start - 1 > 80)
		complain(start, "a function of " (FNR - start - 1) " lines, allowed are 80")
	start = 0
}

END {
	end_of_file()
	exit broken
}
