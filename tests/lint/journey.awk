# Reads ARCHITECTURE.md: in its section "journey", every row "| `function` | `file` | ..." must be true, that is
# the file defines the function. Run from the root of the tree. Exit 1 when one is not, or when there is no row.

/^#/ { inside = tolower($0) ~ /journey/ }

inside && /^\| *`/ {
	split($0, cell, "|")
	name = cell[2]
	file = cell[3]
	gsub(/[` ()]/, "", name)
	gsub(/[` ]/, "", file)
	rows++
	if (!defines(file, name)) {
		printf "%s:%d: %s does not define %s\n", FILENAME, FNR, file, name
		broken = 1
	}
}

# A definition: the name and its parenthesis on a line that starts in the first column and does not end in ";".
function defines(path, name,    line, found) {
	while ((getline line < path) > 0)
		if (line ~ ("^[a-z].*[ *]" name "\\(") && line !~ /;[ \t]*$/)
			found = 1
	close(path)
	return found
}

END {
	if (!rows) {
		print FILENAME ": no row of the journey found"
		broken = 1
	}
	exit broken
}
