#!/bin/bash
# make interop: the rows of the corpus and the conversations of tests/play over node-smpp. The package is installed into the build
# directory, from the lock file.
set -eu
dir=${top_builddir:?}/interop
mkdir -p "$dir"
cp "${top_srcdir:?}"/tests/interop/{package.json,package-lock.json,operator.js} "$dir/"
cd "$dir"
[ -d node_modules/smpp ] || npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1 || { cat npm.log; exit 1; }
exec node operator.js
