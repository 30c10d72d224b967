#!/bin/sh
# Batches on PostgreSQL: their size changes nothing, and a server is waited for a few times only.
exec "${top_srcdir:-.}/tests/cluster.sh" run "${top_builddir:-.}/tests/flows/test_batches" postgres
