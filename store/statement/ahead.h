/* What a batch is going to ask, asked before it begins: all of a kind in one statement, all kinds
 * at once, one waiting. Only where waiting costs something (store/driver/together.h); else nothing
 * of this does anything.
 *
 * A topic foresees a question by the very statement and parameters with which it is asked later;
 * that is then answered from memory. Whoever writes what an answer was about forgets it: the
 * question then goes to the database. So what is known is exactly what the database says, or is not
 * known. All of it ends with the batch.
 */
#ifndef STORE_STATEMENT_AHEAD_H
#define STORE_STATEMENT_AHEAD_H

#include "parsers/text/error.h"
#include "store/driver/together.h"
#include "store/statement/param.h"

struct store;

/* Is anything gained by foreseeing, and is a batch open? */
bool ahead_helps(const struct store *store);
/* question: for good. Its sql is a SELECT, or an UPDATE of one row that is run once
 * (query_change). No secrets. */
void ahead_foresee(
	struct store *store, const struct question *question, const struct param *params);
/* Asks all that was foreseen since the last call. */
int ahead_read(struct store *store) MUST_CHECK;

/* Answers whose first parameter this is are true no more; first NULL: all of the kind. */
void ahead_forget(struct store *store, const char *kind, const struct param *first);
void ahead_drop(struct store *store); /* with each batch */
void ahead_free(struct store *store);

/* For query.c. NULL: the database must be asked. */
struct answer;
const struct answer *ahead_find(
	struct store *store, const char *sql, const struct param *params, size_t count);
int64_t answer_next(const struct answer *answer, int64_t row); /* row -1: the first; -1: no more */
size_t answer_count(const struct answer *answer);
/* The driver's statement, at that row; the columns begin with 1. */
void *answer_row(const struct store *store, const struct answer *answer, int64_t row);

/* How often a batch asked the database what could not be answered from memory, by statement. */
typedef void ahead_missed(const char *sql, uint64_t times, void *context);
void ahead_misses(const struct store *store, ahead_missed *each, void *context);

#endif
