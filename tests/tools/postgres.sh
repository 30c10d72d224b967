#!/bin/bash
# What an operator does with a store on PostgreSQL: roles, moving a store there, backups.
# shellcheck disable=SC2016 # what stands in quotes is run later
src=${top_srcdir:-.}
export KABAR_DATA=$src/conf
ctl=${top_builddir:-.}/kabarctl
if [ -z "${KABAR_TEST_POSTGRES:-}" ]; then
	exec "$src/tests/cluster.sh" run "$0"
fi
. "$src/tests/tap.sh"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
host=${KABAR_TEST_POSTGRES%% *}

# conf NAME CONNINFO: a configuration for this store.
conf() {
	sed 's/^	//' >"$dir/$1.conf" <<-END
	[gateway]
	name = uji
	timezone = Asia/Jakarta
	control =
	forms = $src/conf/forms
	menus = $src/conf/menus
	messages = $src/conf/messages
	lexicon = $src/conf/lexicon
	dialects = $src/conf/dialects
	[store]
	driver = ${3:-postgres}
	path = $dir/kabar.db
	key = $dir/kabar.key
	$2
	END
}
kabarctl() { "$ctl" -c "$dir/$1.conf" "${@:2}"; }
sql() { psql -qXAt -d "$host dbname=kabar user=$1" -c "$2"; }
refused() { ! "$@" 2>"$dir/refused" && grep -qE 'permission denied|must be owner|read-only' "$dir/refused"; }
counts() { [ "$(sql kabar "SELECT count(*) FROM $1")" = "$2" ]; }

conf owner "conninfo = $host dbname=kabar user=kabar_owner"
conf gateway "conninfo = $host dbname=kabar user=kabar"
conf reader "conninfo = $host dbname=kabar user=kabar_read"
try "the roles are made" psql -qX -v ON_ERROR_STOP=1 -f "$src/docs/roles.sql" "$KABAR_TEST_POSTGRES"
try "the owner makes the tables" kabarctl owner store init
try "the gateways' role writes" kabarctl gateway import areas "$src/conf/areas/wilayah.csv"
try "and changes no table" refused sql kabar 'ALTER TABLE reports ADD COLUMN x text'
try "nor drops one" refused sql kabar 'DROP TABLE reports CASCADE'
try "nor empties the audit trail" refused sql kabar 'TRUNCATE audit'
try "the readers' role reads" sql kabar_read 'SELECT count(*) FROM areas'
try "and writes nothing" refused sql kabar_read "UPDATE areas SET name = ''"
try "a backup reads with it" kabarctl reader backup "$dir/dump"
try "its file is one of pg_dump" pg_restore --list "$dir/dump"
try "it comes back whole" bash -c "createdb -h '${host#host=}' -U postgres again &&
	pg_restore --no-owner --no-privileges -d '$host dbname=again user=postgres' '$dir/dump' &&
	[ \"\$(psql -qXAt -d '$host dbname=again user=postgres' -c 'SELECT count(*) FROM kabar.areas')\" = \\
	\"\$(psql -qXAt -d '$host dbname=kabar user=kabar' -c 'SELECT count(*) FROM kabar.areas')\" ]"
says() { "${@:2}" >"$dir/said" 2>&1; [ $? -eq 1 ] && grep -qF "$1" "$dir/said"; }
try "restore names what does it there" says 'kabarctl restore: a store of PostgreSQL is brought back by pg_restore' \
	kabarctl owner restore "$dir/dump"

# A store of SQLite with months of reports moves.
conf small "" sqlite
try "a store of SQLite is filled" bash -c "'$ctl' -c '$dir/small.conf' import areas '$src/conf/areas/wilayah.csv' &&
	'$ctl' -c '$dir/small.conf' import posyandu '$src/tests/corpus/context/posyandu.csv' &&
	'$ctl' -c '$dir/small.conf' import people '$src/tests/corpus/context/people.csv' &&
	'$ctl' -c '$dir/small.conf' sample fill --months 1 --seed 7"
reports=$(sqlite3 "$dir/kabar.db" 'SELECT count(*) FROM reports')
target="$host dbname=moved user=postgres"
createdb -h "${host#host=}" -U postgres moved
conf moved "conninfo = $target"
try "there is something to move" [ "$reports" -gt 20 ]
try "it is copied and compared" "$ctl" store copy --from "sqlite:$dir/kabar.db" --to "$target"
moved() { [ "$(psql -qXAt -d "$target" -c "$1")" = "$2" ]; }
try "all reports are there" moved 'SELECT count(*) FROM reports' "$reports"
try "the counts are right" kabarctl moved verify
try "it is the same store" [ "$(kabarctl moved store show)" = "$(kabarctl small store show)" ]
psql -qX -d "$target" -c 'DELETE FROM outbox WHERE id > (SELECT min(id) FROM outbox)'
try "interrupted, it goes on where it was" "$ctl" store copy --from "sqlite:$dir/kabar.db" --to "$target"
psql -qX -d "$target" -c "UPDATE reports SET sender = sender || '0' WHERE id = (SELECT max(id) FROM reports)"
differs() { ! "$ctl" store copy --from "sqlite:$dir/kabar.db" --to "$target" --verify >"$dir/out" 2>&1 &&
	grep -q '^reports  *differs at [0-9]' "$dir/out"; }
try "a row that was changed is found" differs
another() { ! "$ctl" store copy --from "sqlite:$dir/kabar.db" --to "$host dbname=kabar user=kabar_owner" 2>&1 | grep -q 'the same$'; }
try "another store is not written over" another
try "new rows come behind the old ones" psql -qX -v ON_ERROR_STOP=1 -d "$target" -c \
	"INSERT INTO human (inbound, received, phone, text, state) VALUES (1, 1, '', '', 'waiting')"
tap_end
