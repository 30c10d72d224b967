# TAP for shell tests. Source it, then: `try "what it shows" command ...` per test, `tap_end` last.

tap_count=0

try() {
	local name=$1 output

	shift
	tap_count=$((tap_count + 1))
	if output=$("$@" 2>&1); then
		echo "ok $tap_count - $name"
	else
		echo "not ok $tap_count - $name"
		printf '%s\n' "$output" | sed 's/^/# /'
	fi
}

tap_skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

tap_end() {
	echo "1..$tap_count"
}
