# Installs the Debian packages that are missing; apt-get is not called when nothing is.
# Source it and call: packages_install PACKAGE ...

# What building and running needs.
PACKAGES_BUILD="build-essential autoconf automake pkg-config
	libevent-dev libssl-dev libsmpp34-dev libsqlite3-dev libpq-dev libpcre2-dev libinih-dev libjansson-dev
	libutf8proc-dev libsodium-dev uthash-dev
	libcurl4-openssl-dev libxlsxwriter-dev zlib1g-dev libjs-bootstrap5 libjs-chart.js"
# What the tests need on top of it.
PACKAGES_TEST="libcmocka-dev bats python3 libnet-smpp-perl sqlite3 postgresql prometheus openssl strace tshark icu-devtools shellcheck chromium valgrind"

# What building Debian packages and trying them needs.
PACKAGES_DEB="debhelper devscripts lintian fakeroot debootstrap systemd"

packages_missing() {
	for package in "$@"; do
		dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
			printf '%s ' "$package"
	done
}

packages_as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo -n "$@" || sudo "$@"
	fi
}

packages_install() {
	missing=$(packages_missing "$@")
	[ -n "$missing" ] || return 0
	echo "installing: $missing"
	packages_as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null >/dev/null || return 1
	# shellcheck disable=SC2086 # a list of words
	packages_as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -q -y --no-install-recommends $missing </dev/null >/dev/null
}
