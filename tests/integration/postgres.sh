#!/bin/sh
# What SQLite is tested with over SMPP, on PostgreSQL: a crash, a redelivery, an orderly stop, sessions of USSD. A TAP line per test.
src=${top_srcdir:-.}
n=0
bad=0
if [ -z "${KABAR_TEST_POSTGRES:-}" ]; then
	exec "$src/tests/cluster.sh" run "$0"
fi
for test in outage/crash integration/redelivery integration/stop integration/ussd; do
	n=$((n + 1))
	if out=$(perl "$src/tests/$test.pl" 2>&1); then
		echo "ok $n - ${test#*/}"
	else
		bad=1
		echo "not ok $n - ${test#*/}"
		echo "$out" | sed 's/^/# /'
	fi
done
echo "1..$n"
exit $bad
