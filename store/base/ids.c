/* Numbers of new rows: see ids.h. */
#include "store/base/ids.h"

#include <string.h>

#include "store/statement/ahead.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

_Static_assert(IDS_COUNT == ID_TABLES, "a range per table");

static const struct {
	const char *table, *highest;
} tables[IDS_COUNT] = {
	[IDS_INBOUND] = {"inbound", "SELECT coalesce(max(id), 0) FROM inbound"},
	[IDS_OUTBOX] = {"outbox", "SELECT coalesce(max(id), 0) FROM outbox"},
	[IDS_REPORTS] = {"reports", "SELECT coalesce(max(id), 0) FROM reports"},
};


/* NULL: nobody else writes during a batch. */
static const struct question *numbers_of(const struct store *store)
{
	return store->driver->together ? &store->driver->together->numbers : NULL;
}

static struct param *numbers_params(enum id_table table, int64_t blocks, struct param params[2])
{
	params[0] = p_text(tables[table].table);
	params[1] = p_int(blocks);
	return params;
}

static void add_block(struct id_ranges *ranges, int64_t first)
{
	if (ranges->count == ID_RANGES)
		return; /* a gap */
	ranges->of[ranges->count++] = (struct id_range){first, first + IDS_BLOCK};
}

static int take_blocks(struct store *store, enum id_table table)
{
	const struct question *question = numbers_of(store);
	struct id_ranges *ranges = &store->ids[table];
	struct param params[2];
	struct cursor cursor;
	int64_t highest = 0;
	int error;

	if (!question) {
		error = query_int(store, tables[table].highest, NULL, 0, &highest);
		ranges->of[0] = (struct id_range){highest + 1, INT64_MAX};
		ranges->count = 1;
		return error;
	}
	cursor_open(&cursor, store, question->sql,
		numbers_params(table, ranges->wanted ? ranges->wanted : 1, params), 2);
	while ((error = cursor_next(&cursor)) > 0)
		add_block(ranges, cursor_int(&cursor, 0));
	cursor_close(&cursor);
	ahead_forget(store, question->kind, &params[0]);
	ranges->wanted = 0;
	return error ? error : ranges->count ? OK : ERR_STORE;
}

int ids_next(struct store *store, enum id_table table, int64_t *id)
{
	struct id_ranges *ranges = &store->ids[table];
	int error = OK;

	if (ranges->count > 0 && ranges->of[0].next == ranges->of[0].end)
		memmove(ranges->of, ranges->of + 1, --ranges->count * sizeof(ranges->of[0]));
	if (ranges->count == 0)
		error = take_blocks(store, table);
	if (error) {
		*ranges = (struct id_ranges){0};
		return error;
	}
	*id = ranges->of[0].next++;
	return OK;
}

void ids_foresee(struct store *store, enum id_table table, size_t count)
{
	struct id_ranges *ranges = &store->ids[table];
	const struct question *question = numbers_of(store);
	struct param params[2];
	int64_t left = 0, blocks, room;

	for (size_t i = 0; i < ranges->count; i++)
		left += ranges->of[i].end - ranges->of[i].next;
	if (!question || left >= (int64_t)count)
		return;
	blocks = ((int64_t)count - left + IDS_BLOCK - 1) / IDS_BLOCK;
	room = ID_RANGES - (int64_t)ranges->count;
	ranges->wanted = blocks < room ? blocks : room;
	ahead_foresee(store, question, numbers_params(table, ranges->wanted, params));
}

int ids_take_foreseen(struct store *store)
{
	int error = OK;

	for (int i = 0; !error && i < IDS_COUNT; i++) {
		if (store->ids[i].wanted)
			error = take_blocks(store, (enum id_table)i);
	}
	return error;
}

/* Blocks of a sequence are this process's for good, once what took them is committed: a server that
 * is killed before knows nothing of them. */
void ids_forget(struct store *store, bool failed)
{
	for (int i = 0; i < IDS_COUNT; i++) {
		store->ids[i].wanted = 0;
		if (failed || !numbers_of(store))
			store->ids[i].count = 0;
	}
}
