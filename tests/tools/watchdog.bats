# systemd's watchdog is fed by the loop and by the worker: while one of them hangs it is not.

load gateway

@test "no sign of life while the worker hangs in a sync, and again after it" {
	[ -z "${KABAR_SANITIZED-}" ] || skip "a shim is preloaded"
	configure
	ctl store init >/dev/null
	run python3 "$top_srcdir/tests/tools/watchdog.py" "$top_builddir/kabard" "$top_builddir/kabarctl" "$dir/kabar.conf" \
		"$top_builddir/tests/shims/faults.so" "$dir"
	echo "$output"
	[ "$status" -eq 0 ]
}
