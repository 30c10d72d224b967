#!/bin/bash
# 2,000 messages, a hundred at a time, and ten kill -9 in their middle.
exec env KABAR_WINDOW=100 KABAR_MESSAGES=2000 KABAR_KILLS=10 perl "${top_srcdir:?}/tests/outage/crash.pl"
