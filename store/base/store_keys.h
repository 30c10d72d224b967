/* Which key a store belongs to, and that it is given the right one. */
#ifndef STORE_BASE_STORE_KEYS_H
#define STORE_BASE_STORE_KEYS_H

#include "store/secret/keys.h"
#include "store/statement/store_state.h"

/* Reads the key file of `options` and proves that it is this store's. A store that was just made
 * gets one; an older one that has none stays without. *fresh: the store does not know its key yet.
 * ERR_CONFIG: the detail says what to do. */
int store_keys_open(struct store *store, const struct store_options *options, bool made,
	bool *fresh) MUST_CHECK;
/* Reads the key file again when it was replaced: by a rotation, or for the first time. Behind the
 * begin of a transaction, so that nothing is written with a key that a rotation has passed. */
void store_keys_refresh(struct store *store);
/* Is what was stored before the store had its key sealed too? */
int store_keys_sealed(struct store *store, bool *sealed) MUST_CHECK;
/* From now on the store belongs to this key. Inside a batch. */
int store_keys_note(struct store *store, bool made) MUST_CHECK;

#endif
