/* An open database and its statements: for the files of this room that see sqlite3.h. */
#ifndef STORE_SQLITE_STATE_H
#define STORE_SQLITE_STATE_H

#include <sqlite3.h>

#include "store/driver/driver.h"
#include "store/sqlite/sqlite_journal.h"
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/sqlite_rows.h"

struct sqlite {
	sqlite3 *handle;
	char *path;
	bool read_only;
	int busy_ms;
	struct sqlite_reader reader;
	struct sqlite_journal journal;
	struct sqlite_rows rows;
	int64_t data_version; /* as last seen; 0: not yet */
	sqlite3_stmt *look; /* at it */
	const char *reason; /* of the last error, when SQLite does not know it; NULL */
	char message[DETAIL_SIZE];
};

int sqlite_error_of(const struct sqlite *db, int code);
int sqlite_on_watch(void *db); /* 1: who reads has to give way */

/* sqlite_statement.c; see driver.h */
int sqlite_prepare(void *db, const char *sql, void **statement);
int sqlite_bind(void *statement, int index, const struct param *param);
int sqlite_step(void *statement, bool *row);
int sqlite_reset(void *statement);
void sqlite_finalize(void *statement);
int64_t sqlite_changes(void *statement);
int64_t sqlite_column_int(void *statement, int column);
const void *sqlite_column_data(void *statement, int column, size_t *length);
extern const struct piling sqlite_piling;

#endif
