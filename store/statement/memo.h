/* What this process knows of rows by their keys, so that no batch asks again for what another one
 * has read: sessions, people.
 *
 * A row that was read or written is known until another connection writes anything at all (the
 * store's generation, looked at when a batch begins); it is used in batches only. What is kept
 * belongs to no row: it is this process's alone and goes with it. A batch that is rolled back takes
 * with it what it put. The rows that are known are bounded in number, what is kept is not.
 */
#ifndef STORE_STATEMENT_MEMO_H
#define STORE_STATEMENT_MEMO_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct store;

enum memo_origin {
	MEMO_READ, /* it is what the database says */
	MEMO_WRITTEN, /* the open batch wrote it */
	MEMO_KEPT, /* in memory alone */
};

struct memo_value {
	const void *data; /* until the next put; NULL: there is no such row */
	size_t length;
	int64_t expires;
};

/* False: the database must be asked. */
bool memo_find(struct store *store, const char *kind, const char *key, struct memo_value *out);
void memo_put(struct store *store, const char *kind, const char *key,
	const struct memo_value *value, enum memo_origin origin);
/* What was read of it may not be so any more; what the batch wrote stays. */
void memo_forget(struct store *store, const char *kind, const char *key);
/* What is kept and expires at `now` or before goes. */
void memo_sweep(struct store *store, int64_t now);

void memo_commit(struct store *store);
void memo_rollback(struct store *store);
void memo_free(struct store *store);

#endif
