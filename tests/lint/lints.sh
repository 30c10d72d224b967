#!/bin/bash
# Proves what a script can prove about the source; each rule is first shown a sample that breaks it.
set -u
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/tap.sh"
cd "$top_srcdir" || exit 1
lint=$top_srcdir/tests/lint
bad=$(mktemp -d)
trap 'rm -rf "$bad"' EXIT

# Files of the tree by pattern, without what a build left behind.
sources() {
	find parsers store flows gateway web tools tests -type f \( -name '*.c' -o -name '*.h' \) \
		-not -path '*/node_modules/*' | sort
}

scripts() {
	find . \( -path ./build -o -path ./build-aux -o -path ./.git -o -path '*/node_modules' \) -prune \
		-o -type f -name '*.sh' -print | sort
	echo .ci/run
}

# sample FILE: puts stdin under that name into the directory of bad samples.
sample() {
	mkdir -p "$bad/$(dirname "$1")"
	cat >"$bad/$1"
}

# refuses RULE COMMAND...: the rule must fail in the directory of bad samples and say RULE's text.
refuses() {
	local text=$1 output

	shift
	cd "$bad" || return 1
	if output=$("$@" 2>&1); then
		echo "the bad sample was accepted"
		return 1
	fi
	grep -q -- "$text" <<<"$output" || { echo "said: $output"; return 1; }
}

# accepts COMMAND...: in the directory of samples.
accepts() {
	cd "$bad" && "$@"
}

floors() { awk -f "$lint/floors.awk" "$@"; }
rooms() { awk -f "$lint/rooms.awk" "$@"; }
circles() { awk -v circles=1 -f "$lint/rooms.awk" "$@"; }
fields() { awk -f "$lint/fields.awk" "$@"; }
sizes() { LC_ALL=C awk -f "$lint/sizes.awk" "$@"; }
journey() { awk -f "$lint/journey.awk" "$1"; }
limits() { awk -f "$lint/../limits/limits.awk" "$@"; }
options() { awk -f "$lint/options.awk" "$@"; }
shorts() { awk -f "$lint/short.awk" "$@"; }
markers() { ! grep -nE '\b(TO''DO|FIX''ME|X''XX|HA''CK)\b' "$@"; }
syntax() {
	local file bad=0

	for file in "$@"; do
		bash -n "$file" || bad=1
	done
	return $bad
}
style() { shellcheck -x -s bash -e SC1090,SC1091,SC2034,SC2317 -S warning "$@"; }
# Only the gate, and what counts again, writes counts: outside flows/record, change and recount nothing sets a status, writes a report or touches a tally.
gate() {
	! grep -nE -e '(\.|->)status = STATUS_' -e '\b(record_(put|revise|settle)|count_apply|store_report_(put|revise)) *\(' \
		-e '\bstore_(tally_add|stock_set|coverage_add) *\(' -e '"flows/change/(record_write|change_wants|links)\.h"' "$@"
}
texts() { perl "$lint/texts.pl" "$@"; }
sleeps() { ! grep -nE '(^|[^a-z_.])(u|nano)?sleep *\(|^[^#]*\bsleep +[0-9$]' "$@"; }

# unsaid TABLE FILES...: messages of TABLE that no file says.
unsaid() {
	local table=$1 id bad=0

	shift
	while read -r id; do
		grep -qw "MESSAGE_$id" "$@" || { echo "$table: nothing says $id"; bad=1; }
	done < <(sed -n 's/^\tX(\([A-Z0-9_]*\),.*/\1/p' "$table")
	return $bad
}

sample parsers/a.c <<<'#include "store/base/store.h"'
sample store/b.c <<<'#include <sqlite3.h>'
sample flows/c.c <<<'#include <event2/event.h>'
sample gateway/d.c <<<'#include "error.h"'
sample parsers/text/e.c <<<'#include "parsers/form/form.h"'
sample store/base/k.c <<<'#include "store/sqlite/sqlite_copy.h"'
sample store/f.h <<<'#include "store/g.h"'
sample store/g.c <<<'#include "store/f.h"'
sample forms/f.ini <<<'[field tempat]'
sample forms/g.ini <<<'[field desa]'
sample flows/h.c <<<'	if (strcmp(field->name, "tempat") == 0)'
sample flows/i.c <<<'	code = report_text(report, "desa");'
sample flows/k.c <<<$'\tcode = report_text(\n\t\treport, "desa");'
sample flows/j.c <<<'	word = reply_word(reply, "unit", "desa", "desa"); /* "tempat" */'
sample tools/long.c < <(echo 'int f(void)'; echo '{'; yes '	g();' | head -81; echo '}')
sample tools/big.h < <(yes '/* */' | head -101)
sample tools/wide.c < <(printf '/* %0131d */\n' 0)
for i in {1..31}; do sample "tools/crowd/$i.c" <<<'/* */'; done
sample tools/mark.c <<<"/* TO""DO: later */"
sample tools/nap.c <<<'	usleep(1000);'
sample flows/talk/sly.c <<<$'\trecord->report.status = STATUS_ACCEPTED;'
sample tools/sum.c <<<$'\treturn store_tally_add(store, area, "lahir", day, 1);'
sample ARCHITECTURE.md <<<$'## The journey\n| `no_such` | `parsers/a.c` | x |'
sample table.h <<<'TEXT("gateway", "name", "gw1", "help", MAIN(name)),'
sample sample.conf <<<'[gateway]'
sample manual.5 <<<'.SH [gateway]'
sample limits.tsv <<<$'FEW_MAX\ttools/few.c\t3\tfew'
sample tools/few.c <<<'#define FEW_MAX 4 /* of them */'
sample messages.def <<<$'\tX(NEVER, "never", "")'
mkdir -p "$bad/docs/id"
cp docs/id/gaya.md "$bad/docs/id"
# text NAME LANGUAGE LINE: a catalogue of one text.
text() { sample "$1/messages/$2.ini" <<<$'[messages]\n'"$3"; }
text word id 'death = {ref} {echo}. Sudah mati.'
text word_en en 'accepted = {ref} passed on.'
text word_jv jv 'stopped = Panjenengan sampun mandheg.'
text word_su su 'ussd.back = 0 mulang'
text short id 'ask_offer = {label} {raw}? Balas YA atau tulis yg benar.'
text sign id 'accepted = {ref} [{echo}]. Terima kasih.'
text semicolon id 'limit = Ini yang terakhir; sisanya disimpan.'
text shout id 'accepted = {ref} {echo}. Terima kasih!'
text pattern id 'reject_why = Tulis alasannya: TOLAK {ref} alasan.'
text meet id 'query_gaps = Belum lapor posyandu {area} {period} {share}: {list}'
text meet_choice id 'ask_month = Untuk bulan apa? 1 {old}, 2 {new}.'
text told id 'accepted = {ref} {echo}. Sudah diteruskan.'
text setting id 'expired = {ref} belum lengkap setelah 24 jam.'
sample broken.sh <<<'if true; then'
sample sloppy.sh <<<$'#!/bin/bash\nrm -rf $1/*'

try "a floor that includes upwards is refused" refuses 'must not include "store' floors parsers/a.c
try "sqlite3.h outside its file is refused" refuses 'belongs to store/sqlite/sqlite.c' floors store/b.c
try "libevent below gateway is refused" refuses 'must not use <event2' floors flows/c.c
try "an include without its path is refused" refuses 'not a full path' floors gateway/d.c
try "a room that includes one above it is refused" refuses 'parsers/text must not include' rooms parsers/text/e.c
try "a database seen beside its driver is refused" refuses 'is not seen outside' rooms store/base/k.c
try "a circle of includes is refused" refuses 'circle of includes: store/' circles store/f.h store/g.c
try "a field of a form named in C is refused" refuses 'names the field "tempat"' fields forms/f.ini flows/h.c
try "a field whose name means other things too" refuses 'names the field "desa"' fields forms/g.ini flows/i.c
try "a call that began on the line above" refuses 'names the field "desa"' fields forms/g.ini flows/k.c
try "the same word where it means no field is accepted" accepts fields forms/f.ini forms/g.ini flows/j.c
try "a function of 81 lines is refused" refuses 'function of 81' sizes tools/long.c
try "a header of 101 lines is refused" refuses '101 lines' sizes tools/big.h
try "a line over 100 columns is refused" refuses 'columns' sizes tools/wide.c
try "a room of 31 files is refused" refuses 'more than 30 files in tools/crowd' sizes tools/crowd/{1..31}.c
try "a marker comment is refused" refuses 'later' markers tools/mark.c
try "a sleep is refused" refuses 'usleep' sleeps tools/nap.c
try "a flow that sets a status is refused" refuses 'STATUS_ACCEPTED' gate flows/talk/sly.c
try "a tally touched beside the gate is refused" refuses 'store_tally_add' gate tools/sum.c
try "a journey that names what is not there is refused" refuses 'does not define no_such' journey ARCHITECTURE.md
try "an option without its lines in sample and manual is refused" refuses 'gateway.name is missing' \
	options table.h sample.conf manual.5
sample short.ini <<< $'[singkatan]\nmana = mn'
sample asked.ini <<< $'[tanya]\ntanya = pos mn, mana'
try "a question with a short word that its long one is not beside is refused" refuses '"pos mana" does not' shorts short.ini asked.ini
try "a bound that the table of limits has otherwise is refused" refuses 'FEW_MAX is 4 and 3' limits limits.tsv tools/few.c
try "a row of a bound that is not there is refused" refuses 'FEW_MAX is not in' limits limits.tsv tools/mark.c
try "a message that nothing says is refused" refuses 'nothing says NEVER' unsaid messages.def parsers/a.c
for fault in 'word:"mati": we say meninggal' 'word_en:"passed on": we say' 'word_jv:"mandheg"' 'word_su:"mulang"' \
	'short:"yg": we say yang' 'sign:takes two septets' 'semicolon:a semicolon' 'shout:exclamation' \
	'pattern:"alasan" would be typed' 'meet:two numbers meet' 'meet_choice:two numbers meet' \
	'told:who was told' 'setting:a setting'; do
	try "a text with a planted fault is refused: ${fault%%:*}" refuses "${fault#*:}" texts docs/id/gaya.md \
		"$bad/${fault%%:*}"/messages/*.ini
done
try "a script with a syntax error is refused" refuses 'syntax error' syntax broken.sh
if command -v shellcheck >/dev/null; then
	try "a sloppy script is refused" refuses 'SC2115' style sloppy.sh
fi

mapfile -t c_files < <(sources)
mapfile -t sh_files < <(scripts)
try "floors: arrows point down only" floors "${c_files[@]}"
try "rooms: inside a floor too, and no circle of includes" circles "${c_files[@]}"
mapfile -t floor_files < <(sources | grep -v '^tests/')
try "no field of a form is named in C" fields conf/forms/*.ini "${floor_files[@]}"
try "sizes of functions, files, headers, lines and folders" sizes "${c_files[@]}"
try "no marker comments" markers "${c_files[@]}" "${sh_files[@]}" configure.ac Makefile.am
mapfile -t gated < <(printf '%s\n' "${c_files[@]}" | grep -E '^(flows|gateway|tools)/' | grep -Ev '^flows/(record|change|recount)/')
try "one gate to being counted" gate "${gated[@]}"
mapfile -t test_files < <(find tests -name '*.[ch]' -o -name '*.pl' -o -name '*.bats' -o -name '*.sh' | grep -v -e node_modules -e tests/lint)
try "no sleeps in tests" sleeps "${test_files[@]}"
try "options: table, sample and manual agree" options gateway/config/config_options.h gateway/config/config_options_loops.h gateway/config/config_options_talk.h gateway/config/config_options_smsc.h conf/kabar.conf docs/kabar.conf.5
try "questions with short words stand there with long ones" shorts conf/lexicon/short.ini conf/lexicon/queries.ini
try "limits: the table is what the code says" limits tests/limits/limits.tsv "${floor_files[@]}"
try "messages: each is said somewhere" unsaid flows/reply/messages.def flows/*.c flows/*/*.c
try "texts that people read keep the house rules" texts docs/id/gaya.md conf/messages/*.ini conf/menus/*.ini \
	conf/forms/*.ini flows/ussd/ussd_words.h
try "scripts parse" syntax "${sh_files[@]}"
if command -v shellcheck >/dev/null; then
	try "scripts pass shellcheck" style "${sh_files[@]}"
else
	tap_skip "scripts pass shellcheck" "shellcheck is not installed"
fi
try "ARCHITECTURE.md: the journey is true" journey ARCHITECTURE.md
tap_end
