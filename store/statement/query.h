/* Statements for the topic files: cached by their text, bound by type, errors remembered by the
 * store.
 *
 * Any error inside a batch spoils the batch: it can only be rolled back, and its commit says so.
 * That keeps half of a failed operation from ever being committed.
 */
#ifndef STORE_STATEMENT_QUERY_H
#define STORE_STATEMENT_QUERY_H

#include "store/driver/driver.h"
#include "store/statement/param.h"

struct store;

/* At the end of a SELECT of one table: rows that another gateway has taken in a transaction under
 * way are left out, and those that are read are taken until the end of this one. */
#define SKIP_TAKEN "/* skip what is taken */"
/* In a SELECT that may have as many rows as the store: they are brought in parts. */
#define STATEMENT_WALKS "/* walk */"
#define PARAMS_MAX 40
#define HELD_MAX   8 /* secret parameters of one statement */

/* Runs a statement to its end; rows are ignored. */
int query_run(
	struct store *store, const char *sql, const struct param *params, size_t count) MUST_CHECK;
/* The same; *changed: how many rows it changed. */
int query_change(struct store *store, const char *sql, const struct param *params, size_t count,
	int64_t *changed) MUST_CHECK;
/* The first column of the first row as a number; ERR_NOT_FOUND without a row. Runs to the end. */
int query_int(struct store *store, const char *sql, const struct param *params, size_t count,
	int64_t *out) MUST_CHECK;

void statements_free(struct store *store); /* with the store itself */
/* The SQL of a walk that nobody closed, a fault of the program between two messages; NULL: none. */
const char *statements_busy(const struct store *store);

/* Several statements without parameters and results, each prepared for this once. */
int query_script(struct store *store, const char *sql) MUST_CHECK;

/* A walk over rows. An error of opening comes back from the first cursor_next(). Always close. */
struct answer;
struct cursor {
	struct store *store;
	struct statement *statement;
	const struct answer *answer; /* it was read ahead: ahead.h */
	int64_t row; /* of the answer */
	int error;
	void *held[HELD_MAX]; /* what was sealed, until it is closed */
	size_t nheld;
};
void cursor_open(struct cursor *cursor, struct store *store, const char *sql,
	const struct param *params, size_t count);
int cursor_next(struct cursor *cursor) MUST_CHECK; /* 1: a row; 0: the end; or an error */
void cursor_close(struct cursor *cursor);
/* Closes after one cursor_next() that gave `result`: OK, ERR_NOT_FOUND without a row, or the error.
 */
int cursor_one(struct cursor *cursor, int result) MUST_CHECK;
/* It was read ahead, so many rows: what the batch wrote since is not in it. */
bool cursor_foreseen(const struct cursor *cursor, size_t *rows);
int64_t cursor_int(const struct cursor *cursor, int column);
/* A copy in the arena; NULL for SQL NULL. */
const char *cursor_text(const struct cursor *cursor, struct arena *arena, int column);
/* The same of what was bound as a secret: as it was before. */
const char *cursor_secret(const struct cursor *cursor, struct arena *arena, int column);
const unsigned char *cursor_secret_blob(
	const struct cursor *cursor, struct arena *arena, int column, size_t *length);
const unsigned char *cursor_blob(
	const struct cursor *cursor, struct arena *arena, int column, size_t *length);
const char *cursor_peek(
	const struct cursor *cursor, int column); /* until the next row; may be NULL */

#endif
