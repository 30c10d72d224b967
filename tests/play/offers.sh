#!/bin/bash
# Our own texts, typed as they stand by those who read them: answered as what they offer. The control: spelt backwards.
exec python3 "${top_srcdir:?}/tests/play/offers.py" "${top_builddir:?}/kabarctl" "$top_srcdir"
