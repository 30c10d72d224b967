#!/bin/bash
# The screens in every dialect of operators (conf/dialects): the transcripts of tests/play/ussd that set up no link
# of their own and do not lean on a notice of the end, which some operators never send. In a check each dialect has every
# second of them, and two dialects in turn all; each has all with KABAR_ALL=1 (make soak).
src=$(cd "${top_srcdir:-../..}" && pwd)
ctl=${top_builddir:-.}/kabarctl
export KABAR_DATA=$src/conf
[ -w /dev/shm ] && export TMPDIR=/dev/shm
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mapfile -t files < <(grep -LE '^conf |: END$|^wait [0-9]+s$|\.\./\.\./\.\./conf' "$src"/tests/play/ussd/*.play)
n=0
bad=0
for dialect in "$src"/conf/dialects/*.ini; do
	name=$(basename "$dialect" .ini)
	mkdir "$work/$name"
	sed "s/^ussd_dialect.*/ussd_dialect = $name/" "$src/tests/play/data/umr.conf" >"$work/$name.conf"
	for ((i = 0; i < ${#files[@]}; i++)); do
		file=${files[i]}
		[ -n "${KABAR_ALL-}" ] || [ $(((i + n) % 2)) -eq 0 ] || continue
		sed -e "0,/^clock .*/s||&\nconf $work/$name.conf|" -e "s|\.\./data/|$src/tests/play/data/|" \
			"$file" >"$work/$name/${file##*/}"
	done
	n=$((n + 1))
	if out=$("$ctl" play "$work/$name"/*.play 2>&1) && [ ${#files[@]} -gt 20 ]; then
		echo "ok $n - $name: $out"
	else
		bad=1
		echo "not ok $n - $name"
		printf "# %s\n" "${out//$'\n'/$'\n# '}"
	fi
done
echo "1..$n"
exit $bad
