/* The contract of what differs below the topics: columns, texts that are no UTF-8, lost commits. */
#include <stdio.h>
#include <stdlib.h>

#include "store/message/deadline.h"
#include "store/message/foresee.h"
#include "store/message/gateway.h"
#include "store/message/inbound.h"
#include "store/message/lately.h"
#include "store/message/outbox.h"
#include "store/report/names.h"
#include "store/report/report.h"
#include "store/statement/query.h"
#include "tests/store/contract.h"

static const char sqlite_columns[] =
	"SELECT m.name || '.' || p.name FROM sqlite_master m, pragma_table_info(m.name) p "
	"WHERE m.type = 'table' AND m.name NOT IN ('report_places', 'report_tellers', "
	"'report_posyandu', 'report_runs') ORDER BY 1"; /* what a file has instead of indexes */
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
	struct outbox out[COUNT_OF(odd)];
	size_t count;

	ok(store_batch_begin(world->store));
	for (size_t i = 0; i < COUNT_OF(odd); i++) {
		ok(store_human_put(world->store, &(struct human_row){.inbound = 1, .received = 2,
							 .phone = "+62811", .text = odd[i]}));
		/* These are written together, where that is one statement. */
		out[i] = (struct outbox){.kind = "reply", .recipient = "+62811", .text = odd[i],
			.created = 9, .due = 9};
		ok(store_outbox_put(world->store, &out[i], &out[i].id));
	}
	ok(store_batch_commit(world->store));
	for (size_t i = 0; i < COUNT_OF(odd); i++) {
		ok(store_outbox_get(world->store, world->arena, out[i].id, &out[i]));
		assert_int_equal(strlen(out[i].text), strlen(odd[i]));
	}
	assert_string_equal(out[COUNT_OF(odd) - 1].text, odd[COUNT_OF(odd) - 1]);
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

#define TELLER "+62811"
static const unsigned char known[DIGEST_SIZE] = {7, 0, 7};

struct names_seen {
	char list[8][8];
	size_t count;
};

static int name_seen(int64_t id, const char *name, void *context)
{
	struct names_seen *names = context;

	(void)id;
	(void)copy_string(names->list[names->count++], 8, name);
	return OK;
}

static int by_letters(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* They come in no order. */
static void names_say(struct names_seen *names, struct strbuf *out)
{
	qsort(names->list, names->count, sizeof(names->list[0]), by_letters);
	for (size_t i = 0; i < names->count; i++)
		strbuf_printf(out, "%s;", names->list[i]);
	strbuf_puts(out, " ");
	names->count = 0;
}

static void texts_seen(const char *kind, const char *state, int64_t created, const char *text,
	void *context)
{
	(void)kind, (void)created;
	strbuf_printf(context, "%s/%s;", text, state);
}

/* All that the questions below say now, in words. */
static char *seen(struct world *world)
{
	struct strbuf out = {0};
	const char *data;
	int64_t id = 0, count = 0;
	struct names_seen names = {0};
	size_t read;

	if (store_session_get(world->store, world->arena, "pending", TELLER, 5, &data) != OK)
		data = "none";
	strbuf_printf(&out, "%s %d ", data,
		store_redelivery_find(world->store, known, 1, &id) == OK);
	ok(store_counter_get(world->store, "replies", "known", "2024-08-15", &count));
	strbuf_printf(&out, "%d ", (int)count);
	ok(store_outbox_lately(world->store, world->arena, TELLER, 1, 6, NULL, texts_seen, &out));
	strbuf_puts(&out, " ");
	ok(store_report_names(world->store, "35.03.01.2004", "2024-08-11", "2024-08-13", NULL, 10,
		&read, name_seen, &names));
	names_say(&names, &out);
	ok(store_report_names_told(
		world->store, TELLER, "2024-08-12", "2024-08-14", NULL, 10, name_seen, &names));
	names_say(&names, &out);
	return out.text;
}

static void foresee(struct world *world)
{
	store_session_foresee(world->store, "pending", TELLER);
	store_redelivery_foresee(world->store, known);
	store_counter_foresee(world->store, "replies", "known", "2024-08-15");
	store_outbox_lately_foresee(world->store, TELLER, 1, 6);
	store_reports_foresee(
		world->store, "35.03.01.2004", TELLER, "2024-07-01", "2024-08-31");
	store_rows_foresee(world->store, 100);
	ok(store_ask(world->store));
}

static void tell(struct world *world, const char *name, const char *date, int64_t *id)
{
	struct report_row row = {.ref = name, .kabupaten = "35.03", .form = "lahir",
		.status = "accepted", .area = "35.03.01.2004", .sender = TELLER, .date = date,
		.match_name = name, .received = 9};

	ok(store_report_put(world->store, &row));
	*id = row.id;
}

static void expect(struct world *world, const char *text)
{
	char *now = seen(world);

	assert_string_equal(now, text);
	free(now);
}

/* Written by the batch itself, before or behind the asking: the answers follow. */
void test_what_was_foreseen_is_still_true(void **state)
{
	struct world *world = *state;
	struct inbound in = {.channel = "sms", .link = "uji", .source = TELLER, .destination = "2",
		.received = 9, .state = "handled", .digest = known};
	struct outbox answer = {.kind = "reply", .recipient = TELLER, .text = "ya", .created = 9,
		.due = 9};
	struct report_row row;
	int64_t id, count;

	ok(store_batch_begin(world->store));
	tell(world, "siti", "2024-08-12", &id);
	ok(store_batch_commit(world->store));
	ok(store_batch_begin(world->store));
	tell(world, "yati", "2024-08-13", &count);
	foresee(world);
	expect(world, "none 0 0  siti;yati; siti;yati; ");
	ok(store_session_put(world->store, "pending", TELLER, "open", 99));
	ok(store_inbound_put(world->store, &in, &in.id));
	ok(store_counter_add(world->store, "replies", "known", "2024-08-15", &count));
	ok(store_outbox_put(world->store, &answer, &answer.id));
	tell(world, "rini", "2024-08-14", &count);
	ok(store_report_get(world->store, world->arena, id, &row));
	row.match_name = "sinta";
	ok(store_report_revise(world->store, &row));
	expect(world, "open 1 1 ya/waiting; sinta;yati; rini;sinta;yati; ");
	ok(store_session_drop(world->store, "pending", TELLER));
	ok(store_redelivery_forget(world->store, known));
	ok(store_outbox_set(world->store, answer.id, "expired", 0));
	expect(world, "none 0 1 ya/; sinta;yati; rini;sinta;yati; ");
	store_batch_rollback(world->store);
	ok(store_batch_begin(world->store));
	foresee(world);
	expect(world, "none 0 0  siti; siti; ");
	store_batch_rollback(world->store);
}

static void expect_name(struct world *world, int64_t id, const char *name)
{
	struct report_row row;

	ok(store_report_get(world->store, world->arena, id, &row));
	assert_string_equal(row.match_name, name);
}

/* Several reports asked for at once are what they are when they are got: after a revision, of this
 * batch too, and when another gateway had their desa meanwhile. */
void test_reports_that_were_expected_are_still_true(void **state)
{
	struct world *world = *state;
	struct store *other = world_second(world);
	struct report_row row;
	int64_t ids[3];

	ok(store_batch_begin(world->store));
	tell(world, "siti", "2024-08-12", &ids[0]);
	tell(world, "yati", "2024-08-13", &ids[1]);
	ok(store_batch_commit(world->store));
	ok(store_batch_begin(world->store));
	tell(world, "rini", "2024-08-14", &ids[2]);
	ok(store_reports_expect(world->store, ids, 3));
	expect_name(world, ids[0], "siti");
	expect_name(world, ids[2], "rini");
	for (int i = 0; i < 3; i += 2) {
		ok(store_report_get(world->store, world->arena, ids[i], &row));
		row.match_name = "sinta";
		ok(store_report_revise(world->store, &row));
		expect_name(world, ids[i], "sinta");
	}
	expect_name(world, ids[1], "yati");
	ok(store_batch_commit(world->store));

	if (store_gateway_shared(world->store)) {
		ok(store_batch_begin(world->store));
		ok(store_reports_expect(world->store, ids, 3));
		ok(store_batch_begin(other));
		ok(store_report_lock(other, "35.03.01.2004"));
		ok(store_report_get(other, world->arena, ids[1], &row));
		row.match_name = "wati";
		ok(store_report_revise(other, &row));
		ok(store_batch_commit(other));
		ok(store_report_lock(world->store, "35.03.01.2004"));
		expect_name(world, ids[1], "wati");
		store_batch_rollback(world->store);
	}
	store_close(other);
}
