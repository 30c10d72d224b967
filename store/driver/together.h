/* What a database offers to whom each waiting counts, because it is another process: many questions
 * at once, many rows in one statement. A row of functions beside those of driver.h.
 *
 * `types` has a letter for each parameter of the statement: I number, T text, B octets.
 */
#ifndef STORE_DRIVER_TOGETHER_H
#define STORE_DRIVER_TOGETHER_H

#include "store/driver/driver.h"

/* kind: a literal that says what it is about. sql: the very string that is used. */
struct question {
	const char *kind, *sql, *types;
};

struct together {
	/* With a table and a count: the first numbers of so many blocks of IDS_BLOCK that no other
	 * row of the table ever gets. */
	struct question numbers;
	/* The words for many sets of parameters; each parameter is a list (PARAM_INTS ...). Freed by
	 * the caller. read: a SELECT, or an UPDATE that tells which sets it changed; the first
	 * column is the number of the set from 1, behind it are the statement's own. write: an
	 * INSERT of one row of parameters, an UPDATE or a DELETE, with its WHERE. */
	char *(*read_many)(const char *sql, const char *types);
	char *(*write_many)(const char *sql, const char *types);
	/* Sends what is bound, inside a transaction, and does not wait. */
	int (*ask)(void *statement);
	/* Waits for what was asked, this one and all others. */
	int (*answer)(void *statement, size_t *rows);
	void (*seek)(void *statement, size_t row); /* the row that column_int() ... are about */
};

#endif
