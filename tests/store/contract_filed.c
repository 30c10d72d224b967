/* Reports by place and by teller are found whether they are filed or not, whatever became of them
 * since: by the views, and by what is known in memory. Compared with a walk through all. */
#include <stdio.h>
#include <stdlib.h>

#include "store/base/filed.h"
#include "store/report/cells.h"
#include "store/report/names.h"
#include "store/report/overview.h"
#include "store/report/report.h"
#include "store/statement/query.h"
#include "tests/store/contract.h"

#define PUT   2500 /* more than stay unfiled */
#define AREAS 9
#define FROM  "2024-08-05"
#define TO    "2024-08-20"

static unsigned drawn;
static int64_t ids[3 * 700 + PUT + 2]; /* by their number here: a server leaves gaps */

static unsigned below(unsigned limit)
{
	drawn = drawn * 1103515245u + 12345u;
	return (drawn >> 16) % limit;
}

#define text(world, format, number) arena_printf((world)->arena, format, number)

/* Some have no day, some no name. */
static void draw(struct world *world, struct report_row *row)
{
	row->area = text(world, "35.03.01.200%u", below(AREAS));
	row->date = below(20) ? text(world, "2024-08-%02u", 1 + below(28)) : NULL;
	row->match_name = below(20) ? text(world, "SITI %u", below(50)) : NULL;
	row->posyandu = below(3) ? text(world, "35.03.01.2001.00%u", below(AREAS)) : NULL;
}

static void put(struct world *world, unsigned number)
{
	struct report_row row = {.ref = text(world, "L2408-%04u", number),
		.kabupaten = "35.03",
		.form = below(2) ? "lahir" : "pos",
		.status = "accepted",
		.sender = text(world, "+62811%u", below(AREAS)),
		.inbound = number,
		.received = 1000 + number};

	draw(world, &row);
	ok(store_report_put(world->store, &row));
	if (number < COUNT_OF(ids))
		ids[number] = row.id;
}

static void change(struct world *world, unsigned number)
{
	struct report_row row;

	ok(store_report_get(world->store, world->arena, ids[number], &row));
	draw(world, &row);
	ok(store_report_revise(world->store, &row));
}

static int count_name(int64_t id, const char *name, void *context)
{
	assert_true(id > 0 && *name);
	++*(int64_t *)context;
	return 0;
}

static int64_t walked(struct world *world, const char *column, const char *key, const char *rest)
{
	const char *sql = arena_printf(world->arena,
		"SELECT count(*) FROM reports WHERE %s || '' = ? AND date || '' >= ? AND "
		"date || '' <= ? %s",
		column, rest);
	int64_t count;

	ok(query_int(world->store, sql, PARAMS(p_text(key), p_text(FROM), p_text(TO)), &count));
	return count;
}

static void compare_place(struct world *world, const char *area)
{
	int64_t names = 0, walk = walked(world, "area", area, "AND match_name IS NOT NULL");
	struct report_row *rows = arena_alloc(world->arena, PUT * sizeof(*rows));
	struct report_filter filter = {.area_prefix = area, .date_from = FROM, .date_to = TO};
	size_t read, count;

	ok(store_report_names(world->store, area, FROM, TO, NULL, PUT, &read, count_name, &names));
	assert_int_equal(names, walk);
	walk = walked(world, "area", area, "");
	ok(store_report_find(world->store, world->arena, &filter, rows, PUT, &count));
	assert_int_equal(count, walk);
	ok(store_report_days(
		world->store, world->arena, area, NULL, FROM, TO, rows, PUT, &count));
	assert_int_equal(count, walk);
}

static void compare_teller(struct world *world, const char *sender)
{
	int64_t names = 0, walk = walked(world, "sender", sender, "AND match_name IS NOT NULL");
	struct report_row *rows = arena_alloc(world->arena, PUT * sizeof(*rows));
	struct report_filter filter = {.sender = sender, .date_from = FROM, .date_to = TO};
	size_t count;

	ok(store_report_names_told(
		world->store, sender, FROM, TO, NULL, PUT, count_name, &names));
	assert_int_equal(names, walk);
	ok(store_report_find(world->store, world->arena, &filter, rows, PUT, &count));
	assert_int_equal(count, walked(world, "sender", sender, ""));
}

/* What names somebody is filed, the rest has an index: both, and either alone. */
static void compare_posyandu(struct world *world, const char *posyandu)
{
	int64_t walk = walked(world, "posyandu", posyandu, "AND form = 'pos'");
	struct report_row *rows = arena_alloc(world->arena, PUT * sizeof(*rows));
	struct report_filter filter = {
		.posyandu = posyandu, .form = "pos", .date_from = FROM, .date_to = TO};
	size_t count;
	bool any;

	ok(store_report_find(world->store, world->arena, &filter, rows, PUT, &count));
	assert_int_equal(count, walk);
	ok(store_report_any(world->store, world->arena, &filter, &any));
	assert_int_equal(any, walk > 0);
	if (!files_later(world->store))
		return;
	filter.unnamed = true;
	ok(store_report_find(world->store, world->arena, &filter, rows, PUT, &count));
	assert_int_equal(count, walked(world, "posyandu", posyandu,
		"AND form = 'pos' AND match_name IS NULL"));
}

/* Outside of a batch the database is asked; inside of one, memory. */
static void compare(struct world *world)
{
	for (unsigned i = 0; i < AREAS; i++) {
		compare_place(world, text(world, "35.03.01.200%u", i));
		compare_teller(world, text(world, "+62811%u", i));
		compare_posyandu(world, text(world, "35.03.01.2001.00%u", i));
	}
	arena_reset(world->arena);
}

static void compare_both(struct world *world)
{
	store_set_now(world->store, 1724000000); /* 2024-08-18 */
	compare(world);
	ok(store_batch_begin(world->store));
	compare(world);
	ok(store_batch_commit(world->store));
}

static void put_many(struct world *world, unsigned first, unsigned count)
{
	ok(store_batch_begin(world->store));
	for (unsigned i = first; i < first + count; i++)
		put(world, i);
	ok(store_batch_commit(world->store));
}

static void change_some(struct world *world, unsigned most)
{
	for (int i = 0; i < 60; i++)
		change(world, 1 + below(most));
}

static void month_has(struct world *world, const char *month, size_t room, const char *text)
{
	struct strbuf out = {0};
	const char *found[8];
	size_t count = 7;

	ok(store_month_posyandu(
		world->store, world->arena, "35.03.01.2004", month, found, room, &count));
	strbuf_puts(&out, "");
	for (size_t i = 0; i < count; i++)
		strbuf_printf(&out, "%s;", found[i]);
	assert_string_equal(out.text, text);
	free(out.text);
}

/* Each posyandu once that a report of the month names, as many as there is room for. */
void test_posyandu_of_a_month(void **state)
{
	static const char *const told[][2] = {{"A", "2024-08-01"}, {"B", "2024-08-31"},
		{"A", "2024-08-15"}, {"C", "2024-07-31"}, {"D", "2024-09-01"}};
	struct world *world = *state;

	ok(store_batch_begin(world->store));
	for (size_t i = 0; i < COUNT_OF(told); i++) {
		struct report_row row = {.ref = told[i][1], .kabupaten = "35.03", .form = "pos",
			.status = "accepted", .area = "35.03.01.2004", .posyandu = told[i][0],
			.sender = "+62811", .date = told[i][1], .received = 9};

		ok(store_report_put(world->store, &row));
	}
	ok(store_batch_commit(world->store));
	month_has(world, "2024-08", 8, "A;B;");
	month_has(world, "2024-08", 1, "A;");
	month_has(world, "2024-07", 8, "C;");
	month_has(world, "2024-06", 8, "");
}

void test_reports_are_filed(void **state)
{
	struct world *world = *state;
	unsigned next = 1;

	drawn = 7;
	for (int round = 0; round < 3; round++) { /* not filed, some filed, all filed */
		put_many(world, next, 700);
		next += 700;
		compare_both(world);
		ok(store_batch_begin(world->store));
		change_some(world, next - 1);
		compare(world);
		ok(store_batch_commit(world->store));
		compare_both(world);
		ok(query_run(world->store,
			"UPDATE reports SET sender = ? WHERE sender = ? AND id > 9",
			PARAMS(p_text("+628112"), p_text("+628113"))));
		world_reopen(world);
		compare_both(world);
		ok(store_file_reports(world->store, round == 2));
	}
	put_many(world, next, PUT);
	ok(store_batch_begin(world->store));
	change_some(world, next + PUT - 1);
	put(world, next + PUT);
	store_batch_rollback(world->store);
	compare_both(world);
	ok(query_run(world->store, "DELETE FROM reports WHERE id > 3000", NULL, 0));
	put_many(world, 9000, 300);
	world_reopen(world);
	compare_both(world);
}
