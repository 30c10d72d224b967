# Arrows point down only: which floor a file may include from, and which library headers it may see.
# Input: C files, named from the root of the tree. Prints file:line: text; exit 1 when a rule is broken.

BEGIN {
	allowed["parsers"] = "parsers"
	allowed["store"] = "store parsers"
	allowed["flows"] = "flows store parsers"
	allowed["gateway"] = "gateway flows store parsers"
	allowed["tools"] = "tools gateway flows store parsers"
	allowed["web"] = "web flows store parsers"
	# The program file of the web front hands it what configuration files say.
	except["web/kabar-web.c"] = "^gateway/config/config_load\\.h$"
	# A header (regular expression) and the only files of floors that may see it.
	only["^sqlite3\\.h$"] = "store/sqlite/sqlite.c store/sqlite/sqlite_copy.c store/sqlite/sqlite_frames.c store/sqlite/sqlite_journal.c"
	only["^libpq-fe\\.h$"] = "store/postgres/postgres.c"
	only["^(def-)?smpp34"] = "gateway/smpp/smpp_pdu.c"
	only["^uthash\\.h$"] = "parsers/text/table.h"
	only["^curl/"] = "tools/exchange/http_post.c"
	only["^ini\\.h$"] = "gateway/ini/config_file.c"
	# No event loop and no network below gateway/; the parsers see no clock and no files either.
	banned["parsers"] = "^(event2?|evhttp|evdns|sys/socket|netinet|arpa|pthread|time|sys/time|fcntl|unistd|jansson|sodium)[./]?"
	banned["store"] = "^(event2?|evhttp|evdns|sys/socket|netinet|arpa)[./]"
	banned["flows"] = "^(event2?|evhttp|evdns|sys/socket|netinet|arpa)[./]"
}

function complain(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
	broken = 1
}

FNR == 1 {
	floor = FILENAME
	sub(/\/.*/, "", floor)
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, part, "\"")
	name = part[2]
	target = name
	if (!sub(/\/.*/, "", target)) {
		if (name != "config.h")
			complain("\"" name "\" is not a full path from the root")
	} else if (floor in allowed && (" " allowed[floor] " ") !~ (" " target " ") &&
		!((FILENAME in except) && name ~ except[FILENAME])) {
		complain(floor "/ must not include \"" name "\"")
	}
	check_library(name)
}

/^[ \t]*#[ \t]*include[ \t]*</ {
	name = $0
	sub(/^[^<]*</, "", name)
	sub(/>.*/, "", name)
	check_library(name)
}

function check_library(header,    rule) {
	if (!(floor in allowed))
		return
	for (rule in only)
		if (header ~ rule && index(" " only[rule] " ", " " FILENAME " ") == 0)
			complain("<" header "> belongs to " only[rule] " alone")
	if (floor in banned && header ~ banned[floor])
		complain(floor "/ must not use <" header ">")
}

END { exit broken }
