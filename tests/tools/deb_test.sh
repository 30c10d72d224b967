#!/bin/bash
# The packages of ./deb as an administrator meets them, in a Debian 12 of its own below a temporary directory: install,
# one SMS, upgrade with a filled store, remove, purge. Needs root. Speaks TAP.
set -u
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/packages.sh"
# shellcheck disable=SC2086 # a list of words
packages_install $PACKAGES_DEB || exit 1
root=$(mktemp -d)
chmod 755 "$root"
trap 'umount "$root/proc" 2>/dev/null; rm -rf "$root"' EXIT

inside() {
	chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@" </dev/null
}

# The mirror of this machine's apt, and its settings.
make_root() {
	local mirror
	mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' 'Codename: bookworm' | head -1)
	debootstrap --variant=minbase bookworm "$root" "${mirror:?no Debian mirror in the sources of apt}" &&
		mkdir -p "$root/deb" && cp deb/kabar_*.deb deb/kabar-smsc_*.deb "$root/deb/" &&
		mount -t proc proc "$root/proc" &&
		printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod +x "$root/usr/sbin/policy-rc.d"
}

install_packages() {
	inside apt-get update -q &&
		inside sh -c 'apt-get install -q -y --no-install-recommends systemd /deb/*.deb'
}

# modes PATH=OWNER:GROUP:MODE ...
modes() {
	local each
	for each in "$@"; do
		[ "$(inside stat -c %U:%G:%a "${each%%=*}")" = "${each#*=}" ] || {
			echo "${each%%=*} is $(inside stat -c %U:%G:%a "${each%%=*}"), should be ${each#*=}"
			return 1
		}
	done
}

# Every path that a unit names is there.
units_are_whole() {
	local unit path
	for unit in "$root"/lib/systemd/system/kabar*.service; do
		! grep -n '@' "$unit" | grep -v 'SystemCallFilter=' || return 1
		for path in $(sed -n 's/^ExecStart=//p' "$unit" | tr ' ' '\n' | grep ^/usr); do
			[ -x "$root$path" ] || { echo "$unit: $path is not there"; return 1; }
		done
	done
	systemd-analyze verify --man=no --root="$root" kabard.service kabar-backup.service kabar-backup.timer
}

hardened() {
	local unit score
	for unit in kabard kabar-backup; do
		score=$(systemd-analyze security --offline=yes "$root/lib/systemd/system/$unit.service" | sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p')
		echo "$unit: $score"
		awk -v score="$score" 'BEGIN { exit !(score != "" && score <= 2.0) }' || return 1
	done
}

one_sms() {
	cp "$top_srcdir/debian/tests/one-sms" "$root/deb/" && inside sh /deb/one-sms
}

# As the administrator does it: one file edited, areas and people of the samples, then one SMS in and one reply, with the
# installed configuration and the default paths.
first_sms() {
	sed -i -E 's/^;?password = .*/password = rahasia/' "$root/etc/kabar/kabar.conf"
	cat >"$root/deb/script" <<-'END'
		wait bind
		sms +6281200000003: LAHIR#SITI AMINAH#25#kemarin#L#3200#49#PKM#BIDAN#HIDUP
		expect reply ~ L[0-9]{4}-0001 Siti Aminah
	END
	inside sh -euc '
		for list in puskesmas posyandu people; do
			[ "$list" != puskesmas ] || runuser -u kabar -- kabarctl import areas /usr/share/kabar/areas/wilayah-indonesia.csv --province 35
			runuser -u kabar -- kabarctl import "$list" /usr/share/kabar/sample/"$list".csv
		done
		runuser -u kabar -- kabarctl config check
		rm -f /tmp/port; mkfifo /tmp/port
		kabar-smsc --port 2775 --port-file /tmp/port --script /deb/script & smsc=$!
		read port </tmp/port
		runuser -u kabar -- kabard -f 2>/tmp/kabard.log & kabard=$!
		wait $smsc || { cat /tmp/kabard.log; exit 1; }
		mkfifo /tmp/phones
		tail -f /dev/null >/tmp/phones & phones=$!
		kabar-smsc --port 2775 --port-file /tmp/port </tmp/phones >/dev/null & smsc=$!
		read port </tmp/port
		try=0
		until runuser -u kabar -- kabarctl status >/dev/null || [ $((try = try + 1)) -gt 60 ]; do
			runuser -u kabar -- kabarctl doctor >/dev/null || true
		done
		runuser -u kabar -- kabarctl backup /var/lib/kabar/backups/kabar-first.db
		runuser -u kabar -- kabarctl doctor >/tmp/doctor.out && status=0 || status=$?
		cat /tmp/doctor.out
		kill $smsc $kabard $phones
		wait $kabard || true
		exit $status'
}

# Green but for what a chroot lacks: nothing keeps its clock right.
doctor_green() {
	[ "$(grep -c '^ok ' "$root/tmp/doctor.out")" -ge 8 ] && ! grep '^fail' "$root/tmp/doctor.out" &&
		! grep '^warn' "$root/tmp/doctor.out" | grep -v '^warn  clock'
}

# Months of reports, so that an upgrade has something to lose.
fill_store() {
	inside sh -euc 'cp /etc/kabar/kabar.conf /tmp/k.conf; sed -i "s|^\[store\]|[store]\npath = /var/lib/kabar/filled.db|" /tmp/k.conf
		chmod 644 /tmp/k.conf
		ctl() { runuser -u kabar -- kabarctl -c /tmp/k.conf "$@"; }
		ctl import areas /usr/share/kabar/areas/wilayah.csv
		for list in puskesmas posyandu people; do ctl import "$list" /usr/share/kabar/sample/"$list".csv; done
		ctl sample fill --months 1
		ctl verify
		ctl export reports | sha256sum >/tmp/before.sum'
}

# The same packages under a later version.
upgrade() {
	local package
	mkdir "$root/deb/next"
	for package in "$root"/deb/kabar*.deb; do
		rm -rf "$root/x" && dpkg-deb -R "$package" "$root/x" &&
			sed -i -e 's/^Version: .*/Version: 99.0-1/' -e 's/(= [^)]*)/(= 99.0-1)/' "$root/x/DEBIAN/control" &&
			dpkg-deb -b "$root/x" "$root/deb/next/" >/dev/null || return 1
	done
	rm -rf "$root/x"
	echo '; set by hand' >>"$root/etc/kabar/kabar.conf"
	inside sh -c 'dpkg -i /deb/next/*.deb' &&
		inside grep -q 'set by hand' /etc/kabar/kabar.conf &&
		inside runuser -u kabar -- kabarctl -c /tmp/k.conf verify &&
		inside sh -c 'runuser -u kabar -- kabarctl -c /tmp/k.conf export reports | sha256sum | cmp - /tmp/before.sum' &&
		inside runuser -u kabar -- kabarctl trace L0000-0001 2>&1 | grep 'nothing is known'
}

removed() {
	inside apt-get remove -q -y kabar kabar-smsc && [ ! -e "$root/usr/sbin/kabard" ] && [ -e "$root/etc/kabar/kabar.conf" ] &&
		[ -e "$root/var/lib/kabar/kabar.db" ]
}

purged() {
	inside apt-get purge -q -y kabar && [ ! -e "$root/etc/kabar/kabar.conf" ] && [ -e "$root/var/lib/kabar/kabar.db" ]
}

try "a bare Debian 12" make_root || { tap_end; exit; }
try "kabar and kabar-smsc install with apt" install_packages
try "owners and modes: nobody but the gateway reads passwords and reports" modes \
	/etc/kabar=root:kabar:750 /etc/kabar/kabar.conf=root:kabar:640 /var/lib/kabar=kabar:kabar:750
try "every path in every unit is there, systemd-analyze verify is content" units_are_whole
try "units are hardened: exposure at most 2.0" hardened
try "one SMS is answered and counted" one_sms
try "one file edited, one SMS in, one reply" first_sms
try "kabarctl doctor is green but for what the chroot lacks" doctor_green
try "a store of a month" fill_store
try "an upgrade keeps the configuration and the store: the same counts, the same reports" upgrade
try "remove leaves configuration and store" removed
try "purge takes the configuration, never the store" purged
tap_end
