#!/bin/bash
# Builds the Debian packages from a distribution of this tree, twice on request, and judges them with lintian.
# usage: deb.sh [--twice]     The packages are left in ./deb.
set -eu
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/packages.sh"
# shellcheck disable=SC2086 # a list of words
packages_install $PACKAGES_BUILD $PACKAGES_DEB
version=$(sed -n 's/^AC_INIT(\[kabar\], \[\(.*\)\])/\1/p' "$top_srcdir/configure.ac")
epoch=$(dpkg-parsechangelog -l "$top_srcdir/debian/changelog" -S Timestamp)

# build DIRECTORY: the packages, from the distribution's files alone.
build() {
	rm -rf "$1"
	mkdir -p "$1"
	make -s distdir distdir="$1/kabar-$version"
	chmod -R u+w "$1/kabar-$version"
	cp -r "$top_srcdir/debian" "$1/kabar-$version/debian"
	(cd "$1/kabar-$version" && SOURCE_DATE_EPOCH=$epoch DEB_BUILD_OPTIONS="parallel=$(nproc)" dpkg-buildpackage -us -uc -b) \
		>"$1.log" 2>&1 || {
		tail -n 40 "$1.log"
		return 1
	}
	rm -rf "$1/kabar-$version"
}

build deb
if [ "${1-}" = --twice ]; then
	build deb-again
	for package in deb/*.deb; do
		cmp "$package" "deb-again/${package#deb/}"
	done
	rm -rf deb-again deb-again.log
	echo "built twice: the same octets"
fi
lintian --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs deb/*.changes
ls -l deb/*.deb
