#!/bin/bash
# 1,000 reports from 100 phones, every SMS sent back in five ways; the same with receipts in every form, and the controls.
exec env KABAR_ECHO=100,10 perl "${top_srcdir:?}/tests/integration/echo.pl"
