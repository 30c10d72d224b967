/* How many rows each table of the store has, and whether the database is sound: for backups. Walks
 * everything: not for a running gateway. */
#ifndef STORE_REPORT_COUNTS_H
#define STORE_REPORT_COUNTS_H

#include "store/base/store.h"

#define STORE_COUNTED 12
const char *store_counted(size_t index); /* "reports"; NULL after the last */
int store_counts(struct store *store, int64_t counts[STORE_COUNTED]) MUST_CHECK;

/* ERR_STORE_IO: the database itself says that it is broken; store_detail() what it says first. Only
 * SQLite can be asked. */
int store_integrity(struct store *store) MUST_CHECK;

#endif
