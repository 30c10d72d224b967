#!/bin/bash
# Three million changed texts at the reader; in a build with sanitizers it is worth most.
exec bash "${top_srcdir:?}/tests/fuzz/storm.sh" "${KABAR_STORM:-3000000}"
