/* Rows that wait to be written together, in one statement for all of a kind, where each statement
 * costs something (store/driver/together.h); elsewhere they are written at once.
 *
 * Whatever else is asked or done comes behind them: nobody can tell that they waited. Inside a
 * batch only.
 */
#ifndef STORE_STATEMENT_BULK_H
#define STORE_STATEMENT_BULK_H

#include "parsers/text/error.h"
#include "store/statement/param.h"

struct store;

struct bulk {
	/* an INSERT whose VALUES are its parameters, an UPDATE or a DELETE of one row */
	const char *sql, *types; /* types: see together.h */
	/* What has one name is about the same rows: two of one first parameter are not written
	 * together. NULL: no two are ever about the same row. */
	const char *same;
	/* Of kinds whose rows others write at the same time, their order, from 1: all write them in
	 * this one, behind what is this batch's own, so that nobody waits in a circle. */
	int place;
};

/* Outside a batch at once. */
int bulk_run(
	struct store *store, const struct bulk *bulk, const struct param *params) MUST_CHECK;
int bulk_flush(struct store *store) MUST_CHECK;
void bulk_drop(struct store *store); /* they were never there */
void bulk_free(struct store *store);

#endif
