#!/bin/bash
# make fuzz: builds the fuzzers with clang and runs each for SECONDS (300 when not set), growing from its corpus.
# New inputs stay in the build directory; findings end the run with a status other than 0.
set -eu
seconds=${SECONDS_EACH:-300}
top=${top_srcdir:?}
dir=${top_builddir:?}/fuzz
mkdir -p "$dir"
cd "$dir"
# Tracing every comparison costs half of the speed; the dictionary stands for it.
[ -f config.status ] || "$top/configure" CC="${FUZZ_CC:-clang}" --enable-fuzzers \
	CFLAGS="-g1 -O2 -fno-sanitize-coverage=trace-cmp,trace-div,trace-gep,indirect-calls" >configure.log
make -j"$(nproc)" tests/fuzz/fuzz_{reader,smpp_pdu,text} tests/parsers/test_twice >build.log 2>&1 || {
	tail -n 40 build.log
	exit 1
}
mkdir -p grown/reader
tests/parsers/test_twice grown/reader # every field told twice, in range and out of it
# Words to put in: every word of the lexicon and of the forms.
cat "$top"/conf/lexicon/*.ini "$top"/conf/forms/*.ini | sed 's/;.*//; /^\[/d; s/^[^=]*=//' | tr ',' '\n' |
	sed 's/^[[:blank:]]*//; s/[[:blank:]]*$//' | grep -E '^[A-Za-z0-9 ]{1,40}$' | sort -u | sed 's/.*/"&"/' >reader.dict
status=0
export KABAR_FUZZ_FAST=1 # one text in eight is read twice
for program in tests/fuzz/fuzz_*; do
	[ -x "$program" ] && [[ $program != *.o ]] || continue
	name=${program##*/fuzz_}
	mkdir -p "grown/$name"
	echo "== $name: $seconds s"
	dict=()
	[ ! -f "$name.dict" ] || dict=("-dict=$name.dict")
	"./$program" "${dict[@]}" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
		-artifact_prefix="$dir/finding-$name-" "grown/$name" "$top/tests/fuzz/corpus/$name" >"$name.log" 2>&1 || {
		status=1
		tail -n 30 "$name.log"
	}
	grep -E 'number_of_executed_units|average_exec_per_sec|Done' "$name.log" || true
done
exit "$status"
