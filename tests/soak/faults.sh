#!/bin/bash
# All rows of the fault bench, 200 refused reloads, then the classes with 20,000 reminders and 5,000 answers waiting.
set -e
KABAR_FAULTS_ALL=1 perl "${top_srcdir:?}/tests/outage/faults.pl"
KABAR_RELOADS=200 perl "$top_srcdir/tests/integration/bounds.pl"
exec env KABAR_REMINDERS=20000 KABAR_ANSWERS=5000 KABAR_ALARMS=60 perl "$top_srcdir/tests/integration/classes.pl"
