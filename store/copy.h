/* A store moved to another database, row by row with all numbers as they are.
 *
 * Tables go one after the other in the order of their keys, in chunks; what is there already is not
 * copied again, so that an interrupted copy goes on where it was. The target is a fresh store, or
 * the same one half copied: it takes the name of the source with the first chunk.
 */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include "store/base/store.h"

struct copied {
	const char *table;
	int64_t rows; /* copied or compared now */
	const char *differs; /* of a comparison: the first key where the two differ; NULL: alike */
};

typedef void copied_table(const struct copied *copied, void *context);

/* ERR_EXISTS: the target holds another store already. from: SQLite, not written meanwhile. */
int store_copy(struct store *from, struct store *to, copied_table *each, void *context) MUST_CHECK;

/* Every row of both, in the order of the keys. ERR_STATE: they differ. */
int store_copy_verify(
	struct store *from, struct store *to, copied_table *each, void *context) MUST_CHECK;

#endif
