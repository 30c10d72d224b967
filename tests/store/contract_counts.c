/* The contract of counts: tallies, stocks, coverage; checked against plain sums over random data.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/people/person.h"
#include "store/report/tally.h"
#include "store/statement/query.h"
#include "tests/store/contract.h"

static struct period period(const char *text)
{
	struct period out;

	assert_true(period_parse(text, &out));
	return out;
}

static struct date day(const char *text)
{
	struct date out;

	assert_true(date_parse(text, &out));
	return out;
}

static int64_t sum(struct world *world, const char *area, const char *span)
{
	int64_t value = -1;

	ok(store_tally_sum(world->store, area, "lahir", period(span), &value));
	return value;
}

void test_tally_levels_and_periods(void **state)
{
	struct world *world = *state;

	ok(store_tally_add(world->store, "35.03.01.2004", "lahir", day("2024-07-31"), 1));
	ok(store_tally_add(world->store, "35.03.01.2004", "lahir", day("2024-08-01"), 2));
	ok(store_tally_add(world->store, "35.03.02.2001", "lahir", day("2024-08-31"), 4));
	ok(store_tally_add(world->store, "35.04.02.2001", "lahir", day("2024-08-31"), 8));
	ok(store_tally_add(world->store, "35.03.01.2004", "mati", day("2024-08-01"), 64));
	assert_int_equal(sum(world, "35.03.01.2004", "2024"), 3);
	assert_int_equal(sum(world, "35.03.01.2004", "2024-08"), 2);
	assert_int_equal(sum(world, "35.03.01", "2024-08"), 2);
	assert_int_equal(sum(world, "35.03", "2024-08"), 6);
	assert_int_equal(sum(world, "35", "2024-08"), 14);
	assert_int_equal(sum(world, "35.0", "2024-08"), 0);
	assert_int_equal(sum(world, "35", "2024-07-31/2024-08-01"), 3);
	assert_int_equal(sum(world, "35.03", "2024-07-15/2024-08-30"), 3);
	assert_int_equal(sum(world, "35.03", "2024-07-31/2024-08-31"), 7);
	ok(store_tally_add(world->store, "35.03.01.2004", "lahir", day("2024-08-01"), -2));
	assert_int_equal(sum(world, "35", "2024-08"), 12);
	assert_int_equal(sum(world, "35.03.01.2004", "2024-08"), 0);
}

#define EVENTS 400

static int random_below(uint32_t *seed, int limit)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (int)((*seed >> 8) % (uint32_t)limit);
}

void test_tally_agrees_with_a_plain_count(void **state)
{
	struct world *world = *state;
	struct {
		char area[16];
		struct date day;
		int delta;
	} events[EVENTS];
	uint32_t seed = 7;

	for (int i = 0; i < EVENTS; i++) {
		snprintf(events[i].area, sizeof(events[i].area), "35.%02d.%02d.200%d",
			1 + random_below(&seed, 2), 1 + random_below(&seed, 3),
			random_below(&seed, 4));
		events[i].day = date_add_days(day("2023-11-15"), random_below(&seed, 500));
		events[i].delta = random_below(&seed, 5) - 1;
		ok(store_tally_add(
			world->store, events[i].area, "lahir", events[i].day, events[i].delta));
	}
	for (int i = 0; i < 200; i++) {
		static const char *const areas[] = {"35", "35.01", "35.02.03", "35.01.01.2002"};
		const char *area = areas[random_below(&seed, 4)];
		struct period span = {
			.from = date_add_days(day("2023-11-01"), random_below(&seed, 500))};
		int64_t want = 0, have = 0;

		span.to = date_add_days(span.from, random_below(&seed, 200));
		for (int k = 0; k < EVENTS; k++) {
			if (strncmp(events[k].area, area, strlen(area)) == 0 &&
				date_compare(events[k].day, span.from) >= 0 &&
				date_compare(events[k].day, span.to) <= 0)
				want += events[k].delta;
		}
		ok(store_tally_sum(world->store, area, "lahir", span, &have));
		assert_int_equal(have, want);
	}
}

void test_tally_follows_the_batch(void **state)
{
	struct world *world = *state;

	ok(store_batch_begin(world->store));
	ok(store_tally_add(world->store, "35.03.01.2004", "lahir", day("2024-08-01"), 1));
	assert_int_equal(sum(world, "35.03", "2024-08"), 1);
	ok(store_tally_add(world->store, "35.03.01.2004", "lahir", day("2024-08-01"), 1));
	assert_int_equal(sum(world, "35.03", "2024-08"), 2);
	store_batch_rollback(world->store);
	assert_int_equal(sum(world, "35.03", "2024-08"), 0);
	ok(store_batch_begin(world->store));
	ok(store_tally_add(world->store, "35.03.01.2004", "lahir", day("2024-08-01"), 5));
	ok(store_batch_commit(world->store));
	world_reopen(world);
	assert_int_equal(sum(world, "35.03", "2024-08"), 5);
}

/* So many cells that they go to the log: one per day, in a year that nothing else counts. */
#define LARGE 300

static void large_batch(struct world *world)
{
	for (int i = 0; i < LARGE; i++)
		ok(store_tally_add(world->store, "35.03.01.2004", "lahir",
			date_add_days(day("2023-01-01"), i), 1));
}

void test_tally_of_large_batches(void **state)
{
	struct world *world = *state;
	struct store *second;
	int64_t total;

	ok(store_batch_begin(world->store));
	large_batch(world);
	store_batch_rollback(world->store);
	assert_int_equal(sum(world, "35.03", "2023"), 0);
	for (int i = 1; i <= 3; i++) {
		ok(store_batch_begin(world->store));
		large_batch(world);
		ok(store_batch_commit(world->store));
	}
	world_reopen(world); /* what died with the log unfolded is counted all the same */
	second = world_second(world);
	ok(store_tally_sum(second, "35.03", "lahir", period("2023"), &total));
	assert_int_equal(total, 3 * LARGE);
	ok(store_batch_begin(world->store));
	large_batch(world);
	assert_int_equal(sum(world, "35.03", "2023"), 4 * LARGE);
	assert_int_equal(sum(world, "35.03.01.2004", "2023-02"), 4 * 28);
	ok(store_batch_commit(world->store));
	ok(store_tally_sum(second, "35.03", "lahir", period("2023"), &total));
	assert_int_equal(total, 4 * LARGE);
	store_close(second);
}

static int64_t stock(struct world *world, const char *area, const char *span)
{
	int64_t value = -1;

	ok(store_stock_sum(world->store, area, "s", period(span), &value));
	return value;
}

void test_stock_takes_the_last_month(void **state)
{
	struct world *world = *state;
	int64_t value;

	ok(store_stock_set(world->store, "A", "35.03.01.2004", "s", day("2024-07-10"), 40));
	ok(store_stock_set(world->store, "A", "35.03.01.2004", "s", day("2024-08-10"), 42));
	ok(store_stock_set(world->store, "B", "35.03.01.2005", "s", day("2024-07-20"), 30));
	assert_int_equal(stock(world, "35.03", "2024-07"), 70);
	assert_int_equal(stock(world, "35.03", "2024-08"), 42);
	assert_int_equal(stock(world, "35.03", "2024"), 72);
	assert_int_equal(stock(world, "35.03.01.2004", "2024"), 42);
	assert_int_equal(stock(world, "35.03.01", "2024-06/2024-07"), 70);
	assert_int_equal(stock(world, "35.03", "2024-07/2024-09"), 72);
	ok(store_stock_set(world->store, "A", "35.03.01.2004", "s", day("2024-08-12"), 50));
	assert_int_equal(stock(world, "35", "2024"), 80);
	ok(store_stock_last(world->store, "A", "s", day("2024-08-01"), &value));
	assert_int_equal(value, 40);
	assert_int_equal(
		store_stock_last(world->store, "A", "s", day("2024-07-31"), &value), ERR_NOT_FOUND);
	ok(store_stock_set(world->store, "A", "35.03.01.2004", "s", day("2024-08-01"), -1));
	assert_int_equal(stock(world, "35", "2024"), 70);
	assert_int_equal(stock(world, "35", "2024-08"), 0);
}

/* The kept sums must say what the posyandu's rows say, after any order of setting and removing. */
void test_stock_agrees_with_a_plain_sum(void **state)
{
	static const char *const spans[] = {
		"2024", "2024-04/2024-06", "2024-05", "2023-12/2024-02", "2024-02/2024-09"};
	struct world *world = *state;
	int values[6][24];
	uint32_t seed = 3;

	memset(values, -1, sizeof(values));
	for (int i = 0; i < 300; i++) {
		int posyandu = random_below(&seed, 6), month = random_below(&seed, 24);
		char id[2] = {(char)('A' + posyandu), '\0'}, area[16];

		values[posyandu][month] = random_below(&seed, 60) - 8;
		if (values[posyandu][month] < 0)
			values[posyandu][month] = -1;
		snprintf(area, sizeof(area), "35.0%d.01.2001", 1 + posyandu / 3);
		ok(store_stock_set(world->store, id, area, "s",
			date_add_months(day("2023-01-01"), month), values[posyandu][month]));
	}
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		struct period span = period(spans[i]);
		int from = (span.from.year - 2023) * 12 + span.from.month - 1;
		int to = (span.to.year - 2023) * 12 + span.to.month - 1;
		int64_t want = 0;

		for (int posyandu = 0; posyandu < 3; posyandu++) {
			int last = -1;

			for (int month = from; month <= to; month++)
				last = values[posyandu][month] >= 0 ? values[posyandu][month]
								    : last;
			want += last >= 0 ? last : 0;
		}
		assert_int_equal(stock(world, "35.01", spans[i]), want);
	}
}

#define NAMED_POSYANDU 4
#define NAMED_MONTHS 14 /* from 2023-12 on */

/* What is there, and what the open batch makes of it; -1: nothing. */
struct named_stocks {
	int64_t value[NAMED_POSYANDU][NAMED_MONTHS];
	bool named[NAMED_POSYANDU][NAMED_MONTHS];
};

static void named_step(struct world *world, struct named_stocks *stocks, uint32_t *seed)
{
	int at = random_below(seed, NAMED_POSYANDU), month = random_below(seed, NAMED_MONTHS);
	int kind = random_below(seed, 12), delta = random_below(seed, 3) - 1;
	int64_t *there = &stocks->value[at][month], value = -5;
	bool *named = &stocks->named[at][month];
	char id[2] = {(char)('A' + at), '\0'};
	struct date first = date_add_months(day("2023-12-01"), month);
	const char *area = at % 2 ? "35.03.01.2004" : "35.03.02.2001";

	if (kind < 9) {
		int error = store_stock_add_named(world->store, id, "s", first, false, delta,
			&value);

		assert_int_equal(error, *there >= 0 && *named ? OK : ERR_NOT_FOUND);
		*there += error == OK ? delta : 0;
		assert_int_equal(error == OK ? value : *there, *there);
		if (*there >= 0)
			return;
		/* as its caller does */
		ok(store_stock_set(world->store, id, area, "s", first, -1));
		*named = false;
		return;
	}
	*there = kind == 11 && delta < 0 ? -1 : 20 + random_below(seed, 30);
	*named = kind < 11 && *there >= 0;
	ok((*named ? store_stock_set_named : store_stock_set)(
		world->store, id, area, "s", first, *there));
}

static void named_agrees(struct world *world, const struct named_stocks *stocks, uint32_t *seed)
{
	int from = random_below(seed, NAMED_MONTHS);
	int to = from + random_below(seed, NAMED_MONTHS - from);
	struct period span = {date_add_months(day("2023-12-01"), from),
		date_add_months(day("2023-12-31"), to)};
	int64_t want = 0, sum, last[NAMED_POSYANDU];

	for (int at = 0; at < NAMED_POSYANDU; at++) {
		last[at] = -1;
		for (int month = from; month <= to; month++)
			last[at] = stocks->value[at][month] >= 0 ? stocks->value[at][month]
								 : last[at];
		want += last[at] >= 0 ? last[at] : 0;
	}
	span.to.day = date_month_days(span.to.year, span.to.month);
	ok(store_stock_told(world->store, "A", "s", span, true, &sum));
	assert_int_equal(sum, last[0] >= 0 ? last[0] : 0);
	ok(store_stock_sum(world->store, "35.03", "s", span, &sum));
	assert_int_equal(sum, want);
}

/* Whatever else happens: batches so large that they go to the log, taken back, or behind another
 * connection's; rows set, removed and begun anew between the additions. */
void test_stock_by_name_agrees_with_a_plain_sum(void **state)
{
	struct world *world = *state;
	struct store *second = world_second(world);
	struct named_stocks stocks, kept;
	uint32_t seed = 11;

	memset(stocks.value, -1, sizeof(stocks.value));
	memset(stocks.named, 0, sizeof(stocks.named));
	for (int batch = 0; batch < 60; batch++) {
		int steps = 1 + random_below(&seed, 40);

		kept = stocks;
		ok(store_batch_begin(world->store));
		for (int i = 0; i < steps; i++)
			named_step(world, &stocks, &seed);
		if (batch % 3 == 0)
			large_batch(world);
		if (batch % 4 == 1)
			named_agrees(world, &stocks, &seed);
		if (batch % 5 == 2) {
			store_batch_rollback(world->store);
			stocks = kept;
		} else {
			ok(store_batch_commit(world->store));
		}
		if (batch % 7 == 3)
			ok(store_tally_add(second, "35.03.01.2004", "lahir", day("2024-08-01"), 1));
		if (batch % 11 == 5)
			world_reopen(world);
		named_agrees(world, &stocks, &seed);
	}
	store_close(second);
}

static void put_places(struct world *world)
{
	int changed;

	ok(store_area_put(world->store, "35.03", "", "kabupaten", "Trenggalek", &changed));
	ok(store_area_put(world->store, "35.03.01", "35.03", "kecamatan", "Panggul", &changed));
	for (int i = 1; i <= 4; i++) {
		char code[16], id[24];

		snprintf(code, sizeof(code), "35.03.01.200%d", i);
		snprintf(id, sizeof(id), "%s.001", code);
		ok(store_area_put(world->store, code, "35.03.01", "desa", "Desa", &changed));
		ok(store_posyandu_put(world->store, id, "MELATI", code, &changed));
	}
}

void test_coverage_and_gaps(void **state)
{
	struct world *world = *state;
	const char *codes[2];
	int64_t desa;
	size_t count, total;

	put_places(world);
	ok(store_coverage_add(
		world->store, "35.03.01.2002", "35.03.01.2002.001", "ilp", day("2024-08-12"), 1));
	ok(store_coverage_add(
		world->store, "35.03.01.2002", "35.03.01.2002.001", "ilp", day("2024-08-13"), 1));
	ok(store_coverage_add(world->store, "35.03.01.2003", NULL, "ilp", day("2024-07-13"), 1));
	ok(store_coverage_count(world->store, "35.03", "ilp", period("2024-08"), &desa));
	assert_int_equal(desa, 1);
	ok(store_coverage_count(world->store, "35.03", "ilp", period("2024-07/2024-09"), &desa));
	assert_int_equal(desa, 2);
	ok(store_coverage_gaps(world->store, world->arena, "35.03", "ilp", day("2024-08-31"), false,
		1, codes, 2, &count, &total));
	assert_int_equal(total, 3);
	assert_int_equal(count, 2);
	assert_string_equal(codes[0], "35.03.01.2003");
	assert_string_equal(codes[1], "35.03.01.2004");
	ok(store_coverage_gaps(world->store, world->arena, "35.03.01", "ilp", day("2024-08-31"),
		true, 0, codes, 2, &count, &total));
	assert_int_equal(total, 3);
	assert_string_equal(codes[0], "35.03.01.2001.001");
	ok(store_coverage_add(
		world->store, "35.03.01.2002", "35.03.01.2002.001", "ilp", day("2024-08-12"), -1));
	ok(store_coverage_count(world->store, "35.03", "ilp", period("2024-08"), &desa));
	assert_int_equal(desa, 1);
	ok(store_coverage_add(
		world->store, "35.03.01.2002", "35.03.01.2002.001", "ilp", day("2024-08-12"), -1));
	ok(store_coverage_count(world->store, "35.03", "ilp", period("2024-08"), &desa));
	assert_int_equal(desa, 0);
	ok(store_place_deactivate(world->store, "areas", "35.03.01.2001", "2024-08-20"));
	ok(store_coverage_gaps(world->store, world->arena, "35.03", "ilp", day("2024-08-31"), false,
		0, codes, 2, &count, &total));
	assert_int_equal(total, 3);
}

/* Months of two forms, told of by the same posyandu or by others; one is closed after its first. */
void test_coverage_of_two_forms(void **state)
{
	static const struct {
		int desa;
		const char *form, *day;
	} told[] = {{1, "pos", "2024-06-02"}, {1, "pos", "2024-07-02"},
		{1, "timbang", "2024-07-03"}, {2, "timbang", "2024-07-04"},
		{2, "timbang", "2024-08-04"}, {3, "timbang", "2024-06-05"},
		{3, "pos", "2024-08-05"}, {3, "timbang", "2024-08-06"}};
	struct world *world = *state;
	int64_t all, listed, both, same;

	put_places(world);
	for (size_t i = 0; i < COUNT_OF(told); i++) {
		char code[16], id[24];

		snprintf(code, sizeof(code), "35.03.01.200%d", told[i].desa);
		snprintf(id, sizeof(id), "%s.001", code);
		ok(store_coverage_add(world->store, code, id, told[i].form, day(told[i].day), 1));
	}
	ok(store_place_deactivate(world->store, "areas", "35.03.01.2003", "2024-07-20"));
	for (int posyandu = 0; posyandu < 2; posyandu++) {
		ok(store_coverage_months(world->store, "35.03", "timbang",
			period("2024-07/2024-08"), posyandu, &all, &listed));
		ok(store_coverage_both(world->store, "35.03", "timbang", "pos", period("2024"),
			posyandu, &both));
		ok(store_coverage_both(world->store, "35.03", "pos", "timbang", period("2024"),
			posyandu, &same));
		assert_int_equal(all, 4);
		assert_int_equal(listed, 3);
		assert_int_equal(both, 1);
		assert_int_equal(same, 1);
	}
}
