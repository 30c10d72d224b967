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

# As the administrator does it, with the installed configuration and the default paths.
fill_store() {
	inside runuser -u kabar -- kabarctl import areas /usr/share/kabar/areas/wilayah.csv
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
		inside runuser -u kabar -- kabarctl import areas /usr/share/kabar/areas/wilayah.csv | grep '0 new, 0 changed'
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
try "the administrator's first import, at the default paths" fill_store
try "an upgrade keeps the configuration and the store" upgrade
try "remove leaves configuration and store" removed
try "purge takes the configuration, never the store" purged
tap_end
