/* The schema of the SQLite store. */
#ifndef STORE_SQLITE_SQLITE_SCHEMA_H
#define STORE_SQLITE_SQLITE_SCHEMA_H

#include "store/driver/driver.h"

const struct migrations *sqlite_migrations(void);

#endif
