#!/bin/bash
# A million mutated PDUs at the whole gateway, in one process; in a build with sanitizers it is worth most.
exec env KABAR_MUTANTS="${KABAR_MUTANTS:-1000000}" "${top_builddir:?}/tests/fuzz/mutants"
