#!/bin/bash
# All rows of the fault bench, then the classes with 20,000 reminders and 5,000 answers waiting.
set -e
KABAR_FAULTS_ALL=1 perl "${top_srcdir:?}/tests/integration/faults.pl"
exec env KABAR_REMINDERS=20000 KABAR_ANSWERS=5000 KABAR_ALARMS=60 perl "$top_srcdir/tests/integration/classes.pl"
