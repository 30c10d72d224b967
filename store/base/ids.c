/* Numbers of new rows: see ids.h. */
#include "store/base/ids.h"

#include "store/base/query.h"
#include "store/base/store_state.h"

_Static_assert(IDS_COUNT == ID_TABLES, "a range per table");

static const struct {
	const char *table, *highest;
} tables[IDS_COUNT] = {
	[IDS_INBOUND] = {"inbound", "SELECT coalesce(max(id), 0) FROM inbound"},
	[IDS_OUTBOX] = {"outbox", "SELECT coalesce(max(id), 0) FROM outbox"},
	[IDS_REPORTS] = {"reports", "SELECT coalesce(max(id), 0) FROM reports"},
};

static int take_block(struct store *store, enum id_table table)
{
	struct id_range *range = &store->ids[table];
	int64_t highest = 0;
	int error;

	if (store->driver->ids) {
		error = store->driver->ids(store->db, tables[table].table, IDS_BLOCK, &range->next);
		range->end = range->next + IDS_BLOCK;
		return error ? store_fail(store, error) : OK;
	}
	error = query_int(store, tables[table].highest, NULL, 0, &highest);
	range->next = highest + 1;
	range->end = INT64_MAX;
	return error;
}

int ids_next(struct store *store, enum id_table table, int64_t *id)
{
	struct id_range *range = &store->ids[table];
	int error = range->next == range->end ? take_block(store, table) : OK;

	if (error) {
		*range = (struct id_range){0};
		return error;
	}
	*id = range->next++;
	return OK;
}

/* Blocks of a sequence are this process's for good, once what took them is committed: a server that
 * is killed before knows nothing of them. */
void ids_forget(struct store *store, bool failed)
{
	for (int i = 0; (failed || !store->driver->ids) && i < IDS_COUNT; i++)
		store->ids[i] = (struct id_range){0};
}
