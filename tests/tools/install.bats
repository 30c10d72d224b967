# "make install" whole: every path that an installed file or a guide names is there, and nothing is left to be filled in.

load gateway

setup_file() {
	make -s -C "$top_builddir" install DESTDIR="$dir/root" >"$dir/install.log" 2>&1 || {
		tail -20 "$dir/install.log"
		return 1
	}
	data=$(dirname "$(find "$dir/root" -type d -path '*/share/kabar/forms')")
	echo "$data" >"$dir/data"
}

@test "units, completion and rules have no name that is not filled in" {
	for file in $(find "$dir/root" -name '*.service' -o -name '*.timer' -o -name 'kabarctl*' -path '*completion*' -o -name '*.yml'); do
		! grep -n '@[a-z]*@' "$file" || return 1
		[ -s "$file" ]
	done
	[ -n "$file" ]
}

@test "every program that a unit starts is installed" {
	grep -hoE '^Exec[A-Za-z]*=[^ ]+' $(find "$dir/root" -name '*.service') | cut -d= -f2 | sort -u >"$dir/programs"
	[ "$(wc -l <"$dir/programs")" -ge 3 ]
	while read -r program; do
		[ -x "$dir/root$program" ] || { echo "$program is not there"; return 1; }
	done <"$dir/programs"
}

@test "every path below /usr/share/kabar that a guide or a manual names is installed" {
	local path

	for path in $(grep -ohE '/usr/share/kabar/[a-z/.-]+[a-z]' "$top_srcdir"/README.md "$top_srcdir"/docs/*.[158] "$top_srcdir"/docs/id/*.md \
		"$top_srcdir/conf/prometheus/README" | sort -u); do
		[ -e "$(cat "$dir/data")/${path#/usr/share/kabar/}" ] || { echo "$path is not installed"; return 1; }
	done
	[ -n "$path" ]
}

@test "the sample configuration is for its owner alone, and an installation leaves the operator's own" {
	conf=$(find "$dir/root" -path '*/etc/kabar/kabar.conf')
	[ "$(stat -c %a "$conf")" = 640 ]
	echo '; mine' >>"$conf"
	make -s -C "$top_builddir" install DESTDIR="$dir/root" >"$dir/install.log" 2>&1
	grep -q '^; mine' "$conf"
}

@test "the installed configuration is good, but for the directories of the machine" {
	sed -E -e "s,^;(forms|menus|messages|lexicon|dialects) = /.*,\1 = $(cat "$dir/data")/\1," -e "s,^;?(control|path) = .*/,\1 = $dir/," \
		"$(find "$dir/root" -path '*/etc/kabar/kabar.conf')" >"$dir/kabar.conf"
	run ctl config check
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "every manual page is installed" {
	for page in "$top_srcdir"/docs/*.[158]; do
		[ -n "$(find "$dir/root" -path '*/man/*' -name "$(basename "$page")*")" ] || { echo "$page"; return 1; }
	done
}
