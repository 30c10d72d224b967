/* Joining a batch: see span.h. */
#include "store/base/span.h"

#include "store/statement/store_state.h"

int span_begin(struct span *span, struct store *store)
{
	*span = (struct span){.store = store, .own = !store->batch};
	return span->own ? store_batch_begin(store) : OK;
}

int span_end(struct span *span, int error)
{
	if (!span->own || !span->store->batch)
		return error;
	if (!error)
		return store_batch_commit(span->store);
	store_batch_rollback(span->store);
	return error;
}

void store_places_changed(struct store *store)
{
	store->places_dirty = true;
	store->people++;
}
