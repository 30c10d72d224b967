/* Sealing what is stored: everything that a store had before it got its key, and everything again
 * when its key is rotated. In steps, while gateways go on; a step that was done is not done twice.
 */
#ifndef STORE_REKEY_H
#define STORE_REKEY_H

#include "store/base/store.h"

struct rekey {
	size_t table;	 /* being walked; rekey_table() names it */
	int64_t after;	 /* up to this id it is done */
	int64_t last;	 /* its last id, as far as is known */
	int64_t looked, sealed; /* rows, in all */
	bool done;
};

/* Begins, or goes on where a killed walk had stopped. again: from the beginning, to prove that
 * nothing is left. */
int store_rekey_begin(struct store *store, bool again, struct rekey *rekey) MUST_CHECK;
/* The next `most` ids in one transaction. */
int store_rekey_step(struct store *store, size_t most, struct rekey *rekey) MUST_CHECK;
const char *store_rekey_table(const struct rekey *rekey);
/* The walk is over: what stood in the file before is written over, the store is sealed, and older
 * keys are not wanted any more. Takes the store for itself. */
int store_rekey_finish(struct store *store) MUST_CHECK;

/* A new generation in the key file, by which everything is sealed from now on; the file as it was
 * is kept as FILE.N. *generation: the new one. ERR_EXISTS: a rotation is under way. */
int store_key_renew(struct store *store, int *generation) MUST_CHECK;
/* Which key seals, how many there are in the file, and whether all is sealed. keyed false: none. */
struct key_state {
	bool keyed, sealed, rotating;
	int generation;
	const char *path;
};
int store_key_state(struct store *store, struct key_state *out) MUST_CHECK;

#endif
