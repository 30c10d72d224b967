#!/bin/bash
# The demo's conversations go as its script says.
. "${top_srcdir:?}/tests/tap.sh"
KABAR_BIN=$(cd "${top_builddir:?}" && pwd)
export KABAR_BIN
try "demo.sh --once" "$top_srcdir/demo.sh" --once </dev/null
tap_end
