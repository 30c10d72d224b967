# Inside a floor the rooms have an order too: an include may point to the same room or to one further left, never to
# the right of its own. Files at a floor's root stand above all its rooms; a hidden room is seen by nobody. And no
# circle of includes between files, a .c and its .h counted as one (-v circles=1). Input: C files, named from the root
# of the tree. Exit 1 when a rule is broken.

BEGIN {
	order("parsers", "text number words place form parse mood dying field read aside region intent question meaning cry .")
	order("store", "driver sqlite postgres secret statement base message people report .")
	order("flows", "lists rules reply turn checkup record same case change recount measure query alert remind report people correct talk answer ussd desk .")
	order("gateway", "os smpp link ini form data config out inbox work threads .")
	order("tools", "data play common look export exchange ctl smsc .")
	order("web", "base html link http access practice view page .")
	# Rooms beside each other, which know nothing of each other.
	apart["tools/smsc", "tools/ctl"] = apart["tools/smsc", "tools/common"] = apart["tools/smsc", "tools/play"] = 1
	apart["tools/smsc", "tools/look"] = apart["tools/smsc", "tools/export"] = apart["tools/look", "tools/export"] = 1
	apart["tools/export", "tools/look"] = 1
	# A database is seen through store/driver only: what its files share is seen by nobody else.
	hidden["store/sqlite"] = hidden["store/postgres"] = 1
}

function order(floor, rooms,    i, n, list) {
	n = split(rooms, list, " ")
	for (i = 1; i <= n; i++)
		rank[floor, list[i]] = i
	ordered[floor] = 1
}

function complain(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
	broken = 1
}

# "flows" and "query" of "flows/query/query.c", "flows" and "." of "flows/flow.c".
function place(path,    part, n) {
	n = split(path, part, "/")
	floor = part[1]
	room = n > 2 ? part[2] : "."
}

function unit(path) {
	sub(/\.[^.\/]*$/, "", path)
	return path
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	target = quoted[2]
	place(FILENAME)
	from_floor = floor
	from_room = room
	place(target)
	if (floor == from_floor && (floor in ordered))
		check_order()
	if (((floor "/" room) in hidden) && floor "/" room != from_floor "/" from_room)
		complain(floor "/" room " is not seen outside: \"" target "\"")
	if (unit(target) != unit(FILENAME) && !((unit(FILENAME), unit(target)) in edge)) {
		edge[unit(FILENAME), unit(target)] = 1
		needs[unit(FILENAME)] = needs[unit(FILENAME)] " " unit(target)
	}
}

function check_order() {
	if (!((floor, room) in rank))
		complain("the room of \"" target "\" is not in the order of rooms (tests/lint/rooms.awk)")
	else if (!((floor, from_room) in rank))
		complain("the room " from_floor "/" from_room " is not in the order of rooms (tests/lint/rooms.awk)")
	else if (rank[floor, room] > rank[floor, from_room] ||
		((floor "/" from_room, floor "/" room) in apart))
		complain(from_floor "/" from_room " must not include \"" target "\"")
}

# Depth first; a file that is met again while it is still open closes a circle.
function visit(file, path,    list, n, i) {
	if (state[file] == "done")
		return
	if (state[file] == "open") {
		sub("^.* " file " -> ", " " file " -> ", path)
		print "circle of includes:" path file
		broken = 1
		return
	}
	state[file] = "open"
	n = split(needs[file], list, " ")
	for (i = 1; i <= n; i++)
		visit(list[i], path " " file " ->")
	state[file] = "done"
}

END {
	for (file in needs)
		if (circles)
			visit(file, "")
	exit broken
}
