#!/bin/bash
# The independent count over 2,000 random months: oracle.sh, longer.
ORACLE_MONTHS=${ORACLE_MONTHS:-2000}
export ORACLE_MONTHS
exec "$(dirname "$0")/oracle.sh"
