/* What waits to get where it is looked for: counts that a batch has added, or that large batches
 * left in the log; reports that are not filed yet. */
#include "store/base/filed.h"
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

int store_fold_some(struct store *store, bool *more)
{
	struct span span;
	int error = store->read_only ? OK : merge_waits(store, more);

	if (error || store->read_only || !*more)
		return error;
	error = span_begin(&span, store);
	return error ? error : span_end(&span, merge_fold_some(store, more));
}

bool store_fold_due(const struct store *store)
{
	return merge_fold_due(store);
}

#define WORTH 256 /* reports: a transaction of its own, while others come in */

int store_file_reports(struct store *store, bool all)
{
	struct span span;
	int64_t newest;
	int error;

	if (!files_later(store) || store->read_only)
		return OK;
	error = query_int(store, "SELECT coalesce(max(id), 0) FROM reports", NULL, 0, &newest);
	if (!error)
		error = filed_last(store);
	if (error || newest - store->filed.last < (all ? 1 : WORTH))
		return error;
	error = span_begin(&span, store);
	if (error)
		return error;
	error = filed_last(store); /* of the moment in which nobody else writes */
	if (!error && newest > store->filed.last)
		error = filed_add(store, newest);
	return span_end(&span, error);
}
