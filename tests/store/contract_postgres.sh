#!/bin/sh
# The contract of store/ on PostgreSQL.
exec "${top_srcdir:-.}/tests/cluster.sh" run "${top_builddir:-.}/tests/store/contract" postgres
