/* What the topic files do inside a batch: join it, or bring one of their own. */
#ifndef STORE_BASE_SPAN_H
#define STORE_BASE_SPAN_H

#include "store/base/store.h"

/* A function of several statements: joins the open batch, or brings a transaction of its own. */
struct span {
	struct store *store;
	bool own;
};
int span_begin(struct span *span, struct store *store) MUST_CHECK;
int span_end(
	struct span *span, int error) MUST_CHECK; /* commits its own, or rolls it back on error */

/* Places or people change with this transaction: other gateways must look again. */
void store_places_changed(struct store *store);

#endif
