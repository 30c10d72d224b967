#!/bin/bash
# The flood table: what one phone makes others receive in a day, and whether its true call for help still goes out.
exec python3 "${top_srcdir:?}/tests/play/floods.py" "${top_builddir:?}/kabarctl" "$top_srcdir/tests/play/data"
