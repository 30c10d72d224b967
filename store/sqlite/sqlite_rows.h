/* Many new rows in one statement, as a table that SQLite reads, and which tables a statement is about.
 */
#ifndef STORE_SQLITE_ROWS_H
#define STORE_SQLITE_ROWS_H

#include "store/driver/piling.h"

struct sqlite3;

/* Of a connection; must not move. */
struct sqlite_rows {
	const struct rows *rows; /* of the statement under way; NULL: none */
	struct strbuf *seen; /* names of tables that are prepared for; NULL: nobody asks */
};

int sqlite_rows_begin(struct sqlite_rows *rows, struct sqlite3 *handle); /* an SQLite code */
char *sqlite_rows_sql(const char *sql, size_t nparam);
#define SQLITE_ROWS_CHANGED "!" /* in front of a table of which rows are changed or deleted */
/* Each in a line of its own. */
bool sqlite_rows_touch(const char *seen, const char *table);

#endif
