#!/bin/bash
# 2,000 messages and ten kill -9 in their middle.
exec env KABAR_MESSAGES=2000 KABAR_KILLS=10 perl "${top_srcdir:?}/tests/integration/crash.pl"
