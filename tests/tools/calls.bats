# What the programs say to wrong calls: the table is calls.tsv, a row each. And completion, made from kabarctl's own table.

load gateway

setup_file() {
	configure
	mv "$dir/kabar.conf" "$dir/good.conf"
	chmod 640 "$dir/good.conf"
	sed "s|kabar.db|elsewhere.db|" "$dir/good.conf" >"$dir/elsewhere.conf"
	sed "s|^control = .*|control = $dir/none/such/kabar.sock|" "$dir/good.conf" >"$dir/nowhere.conf"
	sed "s|kabar.db|broken.db|" "$dir/good.conf" >"$dir/broken.conf"
	yes 'this is no database' | head -n 200 >"$dir/broken.db"
	printf 'code,parent,level,name\n' >"$dir/areas.csv"
	printf 'phone,name,role,area\n' >"$dir/people.csv"
	echo '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"35.03"},"geometry":{"type":"Polygon","coordinates":[[[111,-8],[112,-8],[112,-7],[111,-8]]]}}]}' >"$dir/map.json"
	"$top_builddir/kabarctl" -c "$dir/good.conf" store init >/dev/null
}

# one_row PROGRAM ARGUMENTS STATUS TEXT: prints what is wrong with it.
one_row() {
	local -a words
	local said got

	read -r -a words <<<"${2//\$dir/$dir}"
	said=$("$top_builddir/$1" "${words[@]}" 2>&1 </dev/null)
	got=$?
	[ "$got" -eq "$3" ] || echo "$1 $2: status $got, not $3: $said"
	[[ $said == *"${4//\$dir/$dir}"* ]] || echo "$1 $2: \"$4\" is not said: $said"
	[ "$got" -ne 0 ] || [[ $said != *'No such file'* ]] || echo "$1 $2: status 0 with: $said"
}

# rows_of PROGRAM: all its rows; the test fails when one is not as written.
rows_of() {
	local program arguments status text rows=0 wrong=

	while IFS= read -r line; do
		[[ $line != '#'* ]] || continue
		# An empty column stays one: tabs are white space to IFS.
		IFS='|' read -r program arguments status text <<<"${line//$'\t'/|}"
		[ "$program" = "$1" ] || continue
		rows=$((rows + 1))
		wrong+=$(one_row "$program" "$arguments" "$status" "$text")
	done <"$top_srcdir/tests/tools/calls.tsv"
	echo "$rows rows"
	[ "$rows" -gt 3 ]
	[ -z "$wrong" ] || { echo "$wrong"; return 1; }
}

@test "a row that is not as written is found" {
	run one_row kabarctl frobnicate 0 'unknown command'
	[[ $output == *'status 2, not 0'* ]]
	run one_row kabarctl frobnicate 2 'welcome'
	[[ $output == *'is not said'* ]]
}

@test "kabarctl says what is wrong, with its exit status" {
	rows_of kabarctl
}

@test "kabard, kabar-web and kabar-smsc too" {
	rows_of kabard
	rows_of kabar-web
	rows_of kabar-smsc
}

@test "every command has its rows, and --help tells its usage without opening anything" {
	local command

	for command in $("$top_builddir/kabarctl" --help | sed -n 's/^  \([a-z]\+\).*/\1/p'); do
		grep -qE "^kabarctl	([^	]* )?$command( |	)" "$top_srcdir/tests/tools/calls.tsv" || {
			echo "$command has no row"
			return 1
		}
		run "$top_builddir/kabarctl" -c "$dir/none.conf" "$command" --help
		[ "$status" -eq 0 ]
		[[ $output == "usage: kabarctl [-c FILE] $command"* ]]
	done
	[ -n "$command" ]
}

@test "every option that a usage names is known to its command" {
	local command option verb

	for command in $("$top_builddir/kabarctl" --help | sed -n 's/^  \([a-z]\+\).*/\1/p'); do
		for option in $("$top_builddir/kabarctl" help "$command" | head -1 | grep -o -- '--[a-z][a-z-]*' | sort -u); do
			# Some belong to one of its verbs, which stands before them.
			verb=$("$top_builddir/kabarctl" help "$command" | head -1 | sed 's/ | /\n/g' | grep -- "$option\b" | head -1 |
				sed -E 's/^usage: kabarctl \[-c FILE\] //; s/^[a-z]+ ?//; s/[^a-z].*//')
			run timeout 10 "$top_builddir/kabarctl" -c "$dir/none.conf" "$command" ${verb:+"$verb"} "$option" 1 </dev/null
			[[ $output != *"unknown option $option"* ]] || { echo "$command $option: $output"; return 1; }
		done
	done
}

# complete WORDS...: what bash offers for the last word.
complete_words() {
	"$top_builddir/kabarctl" completion bash >"$dir/completion"
	bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kabarctl; echo "${COMPREPLY[*]}"' \
		bash "$dir/completion" "$@"
}

@test "bash completes commands, what may follow them, and their options" {
	[ "$(complete_words kabarctl ba)" = backup ]
	[ "$(complete_words kabarctl -c x.conf ba)" = backup ]
	[ "$(complete_words kabarctl import po)" = posyandu ]
	[ "$(complete_words kabarctl people list --a)" = --area ]
	[ "$(complete_words kabarctl help ver)" = verify ]
	[ -z "$(complete_words kabarctl -c ba)" ]
	[ -z "$(complete_words kabarctl frobnicate --)" ]
}

@test "each shell takes its completion" {
	"$top_builddir/kabarctl" completion bash | bash -n
	"$top_builddir/kabarctl" completion zsh >"$dir/_kabarctl"
	"$top_builddir/kabarctl" completion fish >"$dir/kabarctl.fish"
	! command -v zsh >/dev/null || zsh -n "$dir/_kabarctl"
	! command -v fish >/dev/null || fish -n "$dir/kabarctl.fish"
	grep -q "'__fish_seen_subcommand_from people' -l area -r" "$dir/kabarctl.fish"
	grep -q "import) words='.* posyandu .*--province" "$dir/_kabarctl"
}

@test "without KABAR_DATA a transcript plays on the data of the tree that it lies in, or else of kabarctl's own" {
	cd "$dir"
	env -u KABAR_DATA "$top_builddir/kabarctl" play "$top_srcdir/tests/play/correct/01-value.play"
	[[ $(realpath "$top_builddir")/ == "$(realpath "$top_srcdir")"/* ]] || skip 'built outside the source tree'
	printf 'clock 2024-08-15 10:00\nsms +628990000001: LAHIR ?\nexpect reply ~ LAHIR\n' >"$dir/lone.play"
	env -u KABAR_DATA "$top_builddir/kabarctl" play lone.play
	ln -s "$top_builddir/kabarctl" "$dir/linked"
	env -u KABAR_DATA ./linked play lone.play
}
