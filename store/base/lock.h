/* Who else may work on the same at the same moment: only where several gateways share a store.
 *
 * What a batch will touch is locked when it begins, in one order. What nobody foresaw is tried: when
 * another one has it the batch is spoiled with ERR_STORE_BUSY, and store_lock_again() says that it
 * should be run again; then it is among what is locked at the beginning. Locks end with the batch.
 */
#ifndef STORE_BASE_LOCK_H
#define STORE_BASE_LOCK_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct store;

enum lock_kind {
	LOCK_PHONE = 1, /* what a phone says is one after the other */
	LOCK_PLACE,     /* events of a desa are compared with each other */
};

/* At the beginning of a batch, before anything is read. */
int store_lock(struct store *store, enum lock_kind kind, const char *const *names,
	size_t count) MUST_CHECK;
/* Within a batch. What is read after it is what the others left; *late: it was not held before, and
 * what is known of it may be older. */
int store_lock_late(
	struct store *store, enum lock_kind kind, const char *name, bool *late) MUST_CHECK;
/* Within a batch that counts: nobody has everything meanwhile. */
int store_lock_share(struct store *store) MUST_CHECK;
/* Everything, before anything is read: nobody else reports or counts until the end of the batch. Only
 * at its beginning. ERR_STORE_BUSY: the others do not come to an end. */
int store_lock_all(struct store *store) MUST_CHECK;
/* A place that will be wanted: locked with the next store_lock(), before it is read. */
void lock_foresee(struct store *store, enum lock_kind kind, const char *name);
/* The last batch failed for a lock alone. */
bool store_lock_again(struct store *store);

void lock_forget(struct store *store); /* with the end of each batch */
void lock_free(struct store *store);

#endif
