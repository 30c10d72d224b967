#!/bin/sh
# Runs every transcript under tests/play through `kabarctl play`; one TAP line per file.
src=${top_srcdir:-.}
ctl=${top_builddir:-.}/kabarctl
KABAR_DATA=$src/conf
export KABAR_DATA
n=0
bad=0
for file in "$src"/tests/play/*/*.play; do
	n=$((n + 1))
	name=${file#"$src"/tests/play/}
	if out=$("$ctl" play "$file" 2>&1); then
		echo "ok $n - $name"
	else
		bad=1
		echo "not ok $n - $name"
		echo "$out" | sed 's/^/# /'
	fi
done
echo "1..$n"
exit $bad
