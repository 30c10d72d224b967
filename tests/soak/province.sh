#!/bin/bash
# Two gateways on a pair of servers, a hundred rounds of kills and fail-overs; a gateway and a server that stand still.
set -e
tests=${top_srcdir:?}/tests/outage
env KABAR_ROUNDS="${KABAR_ROUNDS:-100}" KABAR_MESSAGES=200 perl "$tests/province.pl"
exec perl "$tests/standstill.pl"
