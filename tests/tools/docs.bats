# What the guides tell people to type is understood: every line of their blocks "sms", by the reader that reads phones.

load gateway

setup_file() {
	configure
	for list in areas puskesmas posyandu people; do
		ctl import "$list" "$top_srcdir/tests/play/data/$list.csv" >/dev/null
	done
}

# read_as PHONE FILE...: the line and its intent, for each text of the blocks, written from there.
read_as() {
	local phone=$1

	shift
	awk '/^```/ { inside = $0 == "```sms"; next } inside' "$@" >"$dir/texts"
	sed "s/^/$phone\t/" "$dir/texts" | ctl read --now 2024-08-15T10:00+07:00 |
		python3 -c 'import json, sys
for text, line in zip(open(sys.argv[1]), sys.stdin):
    print(json.loads(line)["intent"], text.strip(), sep="\t")' "$dir/texts"
}

@test "the guides' texts are read as what they should be, none as talk" {
	read_as +6281200000003 "$top_srcdir"/docs/id/{kader,bidan}.md >"$dir/read"
	read_as +6281200000020 "$top_srcdir/docs/id/petugas.md" >>"$dir/read"
	cat "$dir/read"
	[ "$(wc -l <"$dir/read")" -gt 30 ]
	! grep -E '^(chat|unknown|other|thanks|noise|none)	' "$dir/read"
	grep -q '^report	LAHIR#SITI' "$dir/read"
	grep -q '^query	JML LAHIR' "$dir/read"
	grep -q '^query	JML ILP' "$dir/read"
}

@test "a text that is only talk would be found" {
	printf '```sms\napa kabar semuanya hari ini\n```\n' >"$dir/talk.md"
	read_as +6281200000003 "$dir/talk.md" >"$dir/talk"
	! grep -qE '^(report|query|command)	' "$dir/talk"
}

@test "the commands that the administrator is told to type exist" {
	local command

	for command in $(grep -oh 'kabarctl [a-z]\+' "$top_srcdir"/docs/id/administrator.md "$top_srcdir"/docs/adding-*.md \
		"$top_srcdir/README.md" "$top_srcdir/SECURITY.md" | cut -d' ' -f2 | sort -u); do
		"$top_builddir/kabarctl" help "$command" >/dev/null || { echo "kabarctl $command"; return 1; }
	done
	[ -n "$command" ]
}
