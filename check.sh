#!/bin/bash
# Builds Kabar twice (as shipped, and with sanitizers) and runs every test.
# The last line is "N passed, N failed"; the exit status is 0 when nothing failed.
set -u
cd "$(dirname "$0")" || exit 1
top=$PWD
build=${KABAR_BUILD:-$top/build}
jobs=$(nproc 2>/dev/null || echo 2)
passed=0
failed=0
skipped=0
. tests/packages.sh

finish() {
	[ "$skipped" -eq 0 ] || echo "($skipped skipped)"
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
	exit
}

# step NAME LOG COMMAND...: one line when it works, the end of its log when it does not.
step() {
	local name=$1 log=$2 start=$SECONDS

	shift 2
	if "$@" >"$log" 2>&1 </dev/null; then
		echo "$name: $((SECONDS - start)) s"
		return 0
	fi
	echo "$name: FAILED; the end of $log:"
	tail -n 60 "$log"
	failed=$((failed + 1))
	return 1
}

# The number behind "# NAME:" in the summary of automake's test driver.
summary() {
	awk -v want="# $1:" 'index($0, want) == 1 { print $3; found = 1; exit } END { if (!found) print 0 }' "$2"
}

# Shows what failed: the lines of the log of each test program with a failure in it.
show_failures() {
	local trs log

	grep -lE '^:test-result: (FAIL|ERROR|XPASS)' -r --include='*.trs' "$1" | sort | while read -r trs; do
		log=${trs%.trs}.log
		echo "--- ${log#"$1"/}"
		grep -vE '^(ok [0-9]|PASS: )' "$log" | tail -n 40
	done
}

# variant NAME CONFIGURE-ARGUMENTS...: builds and tests in a directory of its own.
variant() {
	local name=$1 dir=$build/$1 log=$build/$1.log start=$SECONDS

	shift
	mkdir -p "$dir"
	cd "$dir" || return 1
	if [ ! -f config.status ]; then
		step "configure ($name)" "$log" "$top/configure" --enable-werror "$@" || return 1
	fi
	step "build ($name)" "$log" make -j"$jobs" all check TESTS= || return 1
	find . -name '*.trs' -delete
	rm -f test-suite.log
	start=$SECONDS
	# Many tests wait for an operator, a server or the disk: more of them than there are processors.
	make -k -j"$((jobs * 2))" check >"$log" 2>&1 </dev/null
	if [ ! -f test-suite.log ]; then
		echo "tests ($name): did not run; the end of $log:"
		tail -n 60 "$log"
		failed=$((failed + 1))
		return 1
	fi
	local good bad
	good=$(($(summary PASS test-suite.log) + $(summary XFAIL test-suite.log)))
	bad=$(($(summary FAIL test-suite.log) + $(summary XPASS test-suite.log) + $(summary ERROR test-suite.log)))
	skipped=$((skipped + $(summary SKIP test-suite.log)))
	passed=$((passed + good))
	failed=$((failed + bad))
	echo "tests ($name): $good passed, $bad failed, $((SECONDS - start)) s"
	[ "$bad" -eq 0 ] || show_failures .
}

main() {
	# shellcheck disable=SC2086 # lists of words
	if ! packages_install $PACKAGES_BUILD $PACKAGES_TEST; then
		echo "packages could not be installed"
		failed=1
		finish
	fi
	mkdir -p "$build"
	if [ -f config.status ]; then # automake builds such a tree nowhere else
		step "distclean (the tree was configured in place)" "$build/distclean.log" make distclean || finish
	fi
	step autogen "$build/autogen.log" ./autogen.sh || finish
	variant plain
	variant sanitize --enable-sanitizers CFLAGS="-g -O1 -Wno-format-truncation"
	finish
}

main
