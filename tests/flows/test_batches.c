/* The size of a batch is nobody's business: the same messages, one by one, by sevens or all at
 * once, leave the same rows, the same counts and the same replies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/statement/ahead.h"
#include "tests/flows/batch_world.h"

#define TOLD   400
#define PHONES 12 /* the last two are nobody's */
#define SEEDS  3

static uint64_t seed;

static unsigned below(unsigned limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % limit;
}

/* Few names, days and references, so that much of it is about the same. */
static void text_of(char out[200])
{
	static const char *const names[] = {"SITI", "WARNI", "RINI", "YATI", "SUMIATI AMINAH"};
	const char *name = names[below(COUNT_OF(names))];
	unsigned day = 10 + below(4), weight = 2400 + 100 * below(4), number = 1 + below(30);
	char sex = "LP"[below(2)];

	switch (below(16)) {
	case 0: snprintf(out, 200, "BATAL L2408-%04u", number); break;
	case 1: snprintf(out, 200, "KOREKSI L2408-%04u BB %u", number, weight); break;
	case 2: snprintf(out, 200, "JML LAHIR 08 2024"); break;
	case 3: snprintf(out, 200, "YA"); break;
	case 4: snprintf(out, 200, "BEDA"); break;
	case 5: snprintf(out, 200, "DAFTAR %s DESA NGLEBENG", name); break;
	case 6: snprintf(out, 200, "L %s %u %c", name, 20 + below(3), sex); break;
	case 7: snprintf(out, 200, "%u/8/24", day); break;
	case 8: snprintf(out, 200, "MATI IBU %s 25 th %u/8/24 perdarahan pkm", name, day); break;
	case 9:
		snprintf(out, 200, "POS S %u K %u D %u N %u TGL %u/8/24", 40 + below(3), 38, 30, 25,
			day);
		break;
	case 10:
		snprintf(out, 200, "LAHIR#%s#25#%u/8/24#L#%u#48#PKM#BIDAN#HIDUP/P#%u", name, day,
			weight, weight);
		break;
	default:
		snprintf(out, 200, "LAHIR#%s#25#%u/8/24#%c#%u#48#PKM#BIDAN#HIDUP", name, day, sex,
			weight);
	}
}

static struct item *item_of(uint32_t number)
{
	char text[200];

	text_of(text);
	return world_item(number, (int)below(PHONES), text);
}

static void step(struct worker *worker, struct item *items)
{
	outgoing_free_list(world_step(worker, items));
	item_free_list(items);
}

/* Some digests come twice and are proven in between or not. */
static void run(struct store *store, size_t size)
{
	struct worker *worker = world_worker(store);
	struct item *items = NULL, **tail = &items;
	size_t count = 0;

	for (uint32_t i = 0; i < TOLD; i++) {
		struct item *item = *tail = item_of(i);

		tail = &item->next;
		if (below(3) > 0) {
			*tail = item_new_proven("test", item->digest);
			tail = &(*tail)->next;
		}
		if (++count < size)
			continue;
		step(worker, items);
		items = NULL;
		tail = &items;
		count = 0;
	}
	if (items)
		step(worker, items);
	worker_free(worker);
	assert_int_equal(store_fold(store), OK);
}

static const struct {
	const char *sql;
	int columns;
} tables[] = {
	{"SELECT id, channel, link, source, octets, received, text, state, intent FROM inbound "
	 "ORDER BY id", 9},
	{"SELECT id, inbound, kind, class, link, recipient, text, ref, state, owner, due FROM "
	 "outbox ORDER BY id", 11},
	{"SELECT * FROM reports ORDER BY id", 24},
	{"SELECT * FROM report_versions ORDER BY 1, 2", 18},
	{"SELECT * FROM serials ORDER BY 1, 2", 3},
	{"SELECT * FROM tally_day ORDER BY 1, 2, 3", 4},
	{"SELECT * FROM tally_month ORDER BY 1, 2, 3", 4},
	{"SELECT * FROM stocks ORDER BY 1, 2, 3", 5},
	{"SELECT * FROM stock_sums ORDER BY 1, 2, 3", 4},
	{"SELECT * FROM coverage_desa ORDER BY 1, 2, 3", 4},
	{"SELECT * FROM coverage_posyandu ORDER BY 1, 2, 3, 4", 5},
	{"SELECT kind, subject, due, step, data FROM deadlines ORDER BY 1, 2", 5},
	{"SELECT * FROM sessions ORDER BY 1, 2", 4},
	{"SELECT * FROM counters ORDER BY 1, 2, 3", 4},
	{"SELECT * FROM human ORDER BY id", 6},
	{"SELECT at, actor, action, subject, old_value, new_value FROM audit ORDER BY id", 6},
	{"SELECT digest, inbound FROM redeliveries ORDER BY 2", 2}};

/* All rows of all tables as text. */
static char *dump(struct store *store)
{
	struct strbuf text = {0};
	struct cursor cursor;

	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		strbuf_printf(&text, "== %s\n", tables[i].sql);
		cursor_open(&cursor, store, tables[i].sql, NULL, 0);
		while (cursor_next(&cursor) > 0) {
			for (int k = 0; k < tables[i].columns; k++) {
				const char *value = cursor_peek(&cursor, k);

				strbuf_printf(&text, "%s|", value ? value : "-");
			}
			strbuf_puts(&text, "\n");
		}
		cursor_close(&cursor);
	}
	return text.text;
}

static char *result(uint64_t start, size_t size)
{
	struct store *store = world_store(PHONES - 2);
	char *text;

	seed = start;
	run(store, size);
	text = dump(store);
	world_store_end(store);
	return text;
}

/* The first line that differs is worth more than two long texts. */
static void assert_same(const char *a, const char *b)
{
	size_t line = 0, at = 0;

	for (; a[at] && a[at] == b[at]; at++)
		line = a[at] == '\n' ? at + 1 : line;
	if (a[at] != b[at])
		fail_msg("one by one: %.*s\nin batches: %.*s", (int)strcspn(a + line, "\n"),
			a + line, (int)strcspn(b + line, "\n"), b + line);
}

static void test_the_size_of_a_batch_changes_nothing(void **state)
{
	static const size_t sizes[] = {7, 256};

	(void)state;
	for (uint64_t start = 1; start <= SEEDS; start++) {
		char *one = result(start, 1);

		assert_non_null(strstr(one, "|duplicate|"));
		for (size_t i = 0; i < COUNT_OF(sizes); i++) {
			char *other = result(start, sizes[i]);

			assert_same(one, other);
			free(other);
		}
		free(one);
	}
}

/* What a plain report may cost from its coming to the proof that it was acknowledged, in batches of
 * a hundred: not a stopwatch, so it holds on every machine. */
#define PLAIN		 500
#define PLAIN_BATCH	 100
/* message, its key and that key's end, report, answer, what became of it; counts */
#define ROWS_MOST	 6.1
#define PAGES_MOST	 0.5 /* of two desa */
#define ALLOCATIONS_MOST 12
/* The same over many desa, each message from another one, with what files them by place and teller:
 * such a district once touched a page for each of the two. */
#define DESA		 400
#define WIDE_STORED	 2000
#define WIDE_PLAIN	 4000
#define WIDE_ROWS_MOST	 8.2
#define WIDE_PAGES_MOST	 0.66

static unsigned long allocations;

#ifndef __SANITIZE_ADDRESS__
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *malloc(size_t size)
{
	allocations++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	allocations++;
	return __libc_calloc(count, size);
}
#endif

static int plain_phone(uint32_t number)
{
	return 2 + (int)number % (PHONES - 4);
}

static int wide_phone(uint32_t number)
{
	return WIDE + (int)(number * 7 % DESA);
}

/* A batch behind what the one before brings. */
static struct item *plain_batch(
	struct worker *worker, uint32_t first, int (*phone)(uint32_t number), struct item *items)
{
	struct item *next, **tail = &items;
	struct outgoing *out;

	while (*tail)
		tail = &(*tail)->next;
	for (uint32_t i = first; i < first + PLAIN_BATCH; i++, tail = &(*tail)->next)
		*tail = world_plain(i, phone(i));
	out = world_step(worker, items);
	for (const struct item *item = items; item; item = item->next) {
		if (item->kind == ITEM_MESSAGE)
			assert_string_equal(item->outcome, "report");
	}
	next = world_after(items, out);
	item_free_list(items);
	outgoing_free_list(out);
	return next;
}

static void test_a_plain_report_keeps_its_budget(void **state)
{
	struct store *store = world_store(PHONES - 2);
	struct worker *worker = world_worker(store);
	struct store_work before, after;
	double rows, pages, allocated;
	struct item *items;

	(void)state;
	items = plain_batch(worker, 0, plain_phone, NULL); /* warm */
	store_work(store, &before);
	allocations = 0;
	for (uint32_t i = 1; i <= PLAIN / PLAIN_BATCH; i++)
		items = plain_batch(worker, i * PLAIN_BATCH, plain_phone, items);
	allocated = (double)allocations / PLAIN;
	store_work(store, &after);
	rows = (double)(after.rows - before.rows) / PLAIN;
	pages = (double)(after.pages - before.pages) / PLAIN;
	print_message("a plain report: %.2f rows, %.2f pages, %.0f allocations\n", rows, pages,
		allocated);
	assert_true(rows <= ROWS_MOST);
	assert_true(pages <= PAGES_MOST);
	assert_true(allocated <= ALLOCATIONS_MOST);
	item_free_list(items);
	worker_free(worker);
	world_store_end(store);
}

static void test_many_desa_keep_the_budget(void **state)
{
	struct store *store = world_store(PHONES - 2);
	struct worker *worker;
	struct store_work before = {0}, after;
	double rows, pages;
	struct item *items = NULL;

	(void)state;
	world_widen(store, DESA);
	worker = world_worker(store);
	for (uint32_t i = 0; i < WIDE_STORED + WIDE_PLAIN; i += PLAIN_BATCH) {
		if (i == WIDE_STORED)
			store_work(store, &before);
		items = plain_batch(worker, i, wide_phone, items);
	}
	store_work(store, &after);
	rows = (double)(after.rows - before.rows) / WIDE_PLAIN;
	pages = (double)(after.pages - before.pages) / WIDE_PLAIN;
	print_message("in one of many desa: %.2f rows, %.2f pages\n", rows, pages);
	assert_true(rows <= WIDE_ROWS_MOST);
	assert_true(pages <= WIDE_PAGES_MOST);
	item_free_list(items);
	worker_free(worker);
	world_store_end(store);
}

/* How often the server is waited for: for what is known of the messages, of their senders, for
 * links that went (as long as there is none at all), to commit. */
#define TRIPS_MOST 4
#define MOST_AT_ONCE 250

static void missed(const char *sql, uint64_t times, void *context)
{
	(void)context;
	print_message("%5llu %.100s\n", (unsigned long long)times, sql);
}

static void test_a_batch_waits_a_few_times_whatever_its_size(void **state)
{
	static const uint32_t sizes[] = {1, 10, 100, MOST_AT_ONCE, 100, 10, 1};
	struct store *store = world_store(5 + MOST_AT_ONCE);
	struct worker *worker = world_worker(store);
	struct store_work before, after;
	struct item *items = NULL, *next, **tail;
	struct outgoing *out;
	uint32_t number = 0;
	int64_t most = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		for (tail = &items; *tail;)
			tail = &(*tail)->next;
		for (uint32_t k = 0; k < sizes[i]; k++, tail = &(*tail)->next, number++)
			*tail = world_plain(number, 5 + (int)k);
		store_work(store, &before);
		out = world_step(worker, items);
		store_work(store, &after);
		print_message("%u messages: %lld trips\n", sizes[i],
			(long long)(after.trips - before.trips));
		if (i > 0 && after.trips - before.trips > most) /* the worker has its places */
			most = after.trips - before.trips;
		next = world_after(items, out);
		item_free_list(items);
		outgoing_free_list(out);
		items = next;
	}
	item_free_list(items);
	ahead_misses(store, missed, NULL);
	assert_in_range(most, 1, TRIPS_MOST);
	worker_free(worker);
	world_store_end(store);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest sqlite[] = {
		cmocka_unit_test(test_the_size_of_a_batch_changes_nothing),
		cmocka_unit_test(test_a_plain_report_keeps_its_budget),
		cmocka_unit_test(test_many_desa_keep_the_budget)};
	const struct CMUnitTest server[] = {
		cmocka_unit_test(test_a_batch_waits_a_few_times_whatever_its_size),
		cmocka_unit_test(test_the_size_of_a_batch_changes_nothing)};

	if (argc < 2)
		return cmocka_run_group_tests(sqlite, world_setup, world_teardown);
	world_driver = argv[1];
	return cmocka_run_group_tests(server, world_setup, world_teardown);
}
