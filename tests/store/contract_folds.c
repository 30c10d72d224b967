/* The contract of folding: the log of counts goes to its cells slice by slice. */
#include <stdio.h>
#include <stdlib.h>

#include "store/base/merge_log.h"
#include "store/report/tally.h"
#include "store/statement/query.h"
#include "tests/store/contract.h"

static const struct date february = {2024, 2, 1};

#define BATCHES 30 /* more of them than a slice of the log holds */
#define BATCH	1000

static int64_t number(struct world *world, const char *sql)
{
	int64_t out = -1;

	ok(query_int(world->store, sql, NULL, 0, &out));
	return out;
}

/* Events that the log has. */
static int64_t events_logged(struct world *world)
{
	struct cursor cursor;
	struct logged_line line;
	int64_t events = 0;
	bool any;

	cursor_open(&cursor, world->store, "SELECT data FROM tally_log", NULL, 0);
	while (cursor_next(&cursor) > 0) {
		char *copy = xstrdup(cursor_peek(&cursor, 0)), *text = copy;

		do {
			ok(logged_next(&text, &line, &any));
			if (any && (line.table == MERGE_EVENT || line.table == MERGE_DAY))
				events += line.delta;
		} while (any);
		free(copy);
	}
	cursor_close(&cursor);
	return events;
}

static void long_batch(struct world *world, int number)
{
	int64_t value;

	ok(store_batch_begin(world->store));
	for (int k = 0; k < BATCH; k++) {
		char area[16];

		snprintf(area, sizeof(area), "35.%02d.%02d.200%d", number % 3, k / 10 % 10, k % 10);
		ok(store_tally_add(world->store, area, "lahir",
			date_add_days((struct date){2024, 1, 1}, k / 100 + 10 * number), 1));
	}
	ok(store_stock_add_named(world->store, "A", "s", february, true, 1, &value));
	assert_int_equal(value, 5 + number + 1);
	ok(store_batch_commit(world->store));
}

static int64_t stock_last(struct world *world)
{
	int64_t value = -1;

	ok(store_stock_last(world->store, "A", "s", (struct date){2024, 3, 1}, &value));
	return value;
}

/* Whatever of the log is folded at a time, and whoever goes on with it: an event is in the log or
 * in its cell, once. */
void test_the_log_is_folded_slice_by_slice(void **state)
{
	struct world *world = *state;
	int64_t folded;
	bool more = true;
	int slices = 0;

	ok(store_stock_set_named(world->store, "A", "35.01.01.2001", "s", february, 5));
	for (int i = 0; i < BATCHES; i++)
		long_batch(world, i);
	assert_int_equal(number(world, "SELECT count(*) FROM tally_log"), BATCHES);
	for (; number(world, "SELECT count(*) FROM tally_log") > 0; slices++) {
		ok(store_fold_some(world->store, &more));
		folded = number(world, "SELECT coalesce(sum(count), 0) FROM tally_day");
		assert_int_equal(folded + events_logged(world), BATCHES * BATCH);
		assert_int_equal(stock_last(world), 5 + BATCHES);
		assert_true(
			more || number(world, "SELECT count(*) FROM tally_log WHERE id < 0") == 0);
		assert_true(slices < BATCHES);
		if (slices == 1)
			world_reopen(world);
	}
	assert_true(slices >= 6 || strcmp(world->options.driver, "sqlite") != 0);
	assert_int_equal(number(world, "SELECT sum(count) FROM tally_month WHERE area = '35'"),
		BATCHES * BATCH);
	assert_int_equal(number(world, "SELECT sum(count) FROM tally_month WHERE area = '35.00'"),
		BATCHES * BATCH / 3);
	ok(store_fold_some(world->store, &more));
	assert_false(more);
}
