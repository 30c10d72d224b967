#!/bin/bash
# Every command against every open question: the command is heard, the question stays.
exec python3 "${top_srcdir:?}/tests/play/commands.py" "${top_builddir:?}/kabarctl" "$top_srcdir/tests/play/data"
