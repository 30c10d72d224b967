/* Counts before they are read: what a batch has added, and what large batches left in the log. */
#include "store/base/merge.h"
#include "store/base/span.h"
#include "store/statement/store_state.h"

int store_fold(struct store *store)
{
	struct span span;
	bool waits;
	int error = store->read_only ? OK : merge_waits(store, &waits);

	if (error || store->read_only || !waits)
		return error;
	error = span_begin(&span, store);
	return error ? error : span_end(&span, merge_fold(store));
}
