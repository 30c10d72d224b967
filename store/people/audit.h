/* Proving the audit trail. Its rows are written and read by deadline.h; how they hang together is
 * in store/base/chain.h. */
#ifndef STORE_PEOPLE_AUDIT_H
#define STORE_PEOPLE_AUDIT_H

#include "store/base/store.h"

struct audit_verdict {
	int64_t rows;     /* that there are */
	int64_t erased;   /* of them, whose persons were erased: by a row that says so */
	int64_t outside;  /* of them, older than the chain of a store without a key */
	int64_t troubles; /* how often say() was called */
	bool keyed;	  /* false: whoever can write the store can forge it */
	char head[17];    /* the first half of the last hash: to be noted elsewhere */
};

/* Walks all rows; say() for each place where the chain does not hold: the id of the row (0: the end
 * of the trail) and what is wrong with it. */
int store_audit_verify(struct store *store,
	void (*say)(int64_t id, const char *trouble, void *context), void *context,
	struct audit_verdict *out) MUST_CHECK;

#endif
