/* The contract of what differs below the topics: columns, texts that are no UTF-8, lost commits. */
#include <stdio.h>
#include <stdlib.h>

#include "store/base/query.h"
#include "store/message/deadline.h"
#include "store/report/report.h"
#include "tests/store/contract.h"

static const char sqlite_columns[] =
	"SELECT m.name || '.' || p.name FROM sqlite_master m, pragma_table_info(m.name) p "
	"WHERE m.type = 'table' ORDER BY 1";
/* tokens: what became of a lost commit; only a server has such. */
static const char postgres_columns[] =
	"SELECT (table_name || '.' || column_name) COLLATE \"C\" FROM information_schema.columns "
	"WHERE table_schema = current_schema() AND table_name <> 'tokens' ORDER BY 1";

static char *columns_of(struct store *store, bool sqlite)
{
	struct strbuf list = {0};
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, sqlite ? sqlite_columns : postgres_columns, NULL, 0);
	while ((result = cursor_next(&cursor)) > 0)
		strbuf_printf(&list, "%s\n", cursor_peek(&cursor, 0));
	cursor_close(&cursor);
	assert_int_equal(result, 0);
	return list.text;
}

/* A step of the schema that only one driver has shows here. */
void test_columns_are_the_same(void **state)
{
	struct world *world = *state;
	char *path = xasprintf("%s/other.db", world->directory), *columns, *expected;
	struct store_options options = {.driver = "sqlite", .path = path};
	struct store *sqlite;

	ok(store_open(&sqlite, &options, NULL));
	expected = columns_of(sqlite, true);
	columns = columns_of(world->store, strcmp(world->options.driver, "sqlite") == 0);
	assert_non_null(strstr(expected, "reports.match_name\n"));
	assert_string_equal(columns, expected);
	store_close(sqlite);
	free(columns);
	free(expected);
	free(path);
}

/* Cut in the middle of a character, a surrogate, beyond Unicode: no octet may fail a batch. */
void test_odd_texts_are_taken(void **state)
{
	static const char *const odd[] = {"caf\xc3", "\xed\xa0\x80x", "\xf5\x80\x80\x80", "\xff",
		"\xc0\xaf", "\xe2\x82\xac \xf0\x9f\x98\x80 '?\\"};
	struct world *world = *state;
	struct human_row rows[8];
	size_t count;

	ok(store_batch_begin(world->store));
	for (size_t i = 0; i < COUNT_OF(odd); i++)
		ok(store_human_put(world->store, &(struct human_row){.inbound = 1, .received = 2,
							 .phone = "+62811", .text = odd[i]}));
	ok(store_batch_commit(world->store));
	ok(store_human_list(world->store, world->arena, "waiting", rows, 8, &count));
	assert_int_equal(count, COUNT_OF(odd));
	assert_int_equal(strncmp(rows[0].text, "caf", 3), 0);
	assert_string_equal(rows[count - 1].text, odd[COUNT_OF(odd) - 1]);
}

#define MANY 2100 /* more than a walk brings at a time, twice */

static int count_one(const struct report_row *row, void *context)
{
	int64_t *count = context;

	(*count)++;
	return row->id > 0 ? OK : ERR_STATE;
}

/* Another walk over the same in the middle of one. */
static int count_within(const struct report_row *row, void *context)
{
	struct world *world = context;
	struct report_filter filter = {0};
	int64_t inside = 0;

	if (++world->result == MANY / 2) {
		ok(store_report_each(world->store, &filter, count_one, &inside));
		assert_int_equal(inside, MANY);
	}
	return row->id > 0 ? OK : ERR_STATE;
}

void test_walks_bring_all(void **state)
{
	struct world *world = *state;
	struct report_filter filter = {0};
	int64_t count = 0;
	char ref[16];

	ok(store_batch_begin(world->store));
	for (int i = 0; i < MANY; i++) {
		snprintf(ref, sizeof(ref), "R%d", i);
		ok(store_report_put(world->store,
			&(struct report_row){.ref = ref, .kabupaten = "35.03", .form = "lahir",
				.status = "accepted"}));
	}
	ok(store_report_each(world->store, &filter, count_one, &count));
	assert_int_equal(count, MANY);
	ok(store_batch_commit(world->store));
	world->result = 0;
	ok(store_report_each(world->store, &filter, count_within, world));
	assert_int_equal(world->result, MANY);
	ok(store_snapshot_begin(world->store));
	world->result = 0;
	ok(store_report_each(world->store, &filter, count_within, world));
	store_snapshot_end(world->store);
	assert_int_equal(world->result, MANY);
}
