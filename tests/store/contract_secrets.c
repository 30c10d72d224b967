/* Contract: numbers of people are sealed and found, a key is rotated, people are erased, the audit
 * trail is proven. */
#include "tests/store/contract.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/erase.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"
#include "store/message/outbox.h"
#include "store/people/audit.h"
#include "store/people/person.h"
#include "store/rekey.h"
#include "store/report/report.h"
#include "store/statement/query.h"

#define NIK   "3503014507959991"
#define PHONE "+6281200000001"

static int64_t count(struct world *world, const char *sql, const char *pattern)
{
	int64_t rows = -1;

	ok(query_int(world->store, sql, PARAMS(p_text(pattern)), &rows));
	return rows;
}

/* In all places where a number may stand; says where. */
static int64_t texts_with(struct world *world, const char *pattern)
{
	static const char *const places[] = {"SELECT count(*) FROM inbound WHERE text LIKE ?",
		"SELECT count(*) FROM outbox WHERE text LIKE ?",
		"SELECT count(*) FROM reports WHERE fields LIKE ?",
		"SELECT count(*) FROM report_versions WHERE fields LIKE ?",
		"SELECT count(*) FROM sessions WHERE data LIKE ?",
		/* a key's check may look like a number */
		"SELECT count(*) FROM audit WHERE action <> 'key taken' AND new_value LIKE ?"};
	int64_t sum = 0, rows;

	for (size_t i = 0; i < COUNT_OF(places); i++) {
		rows = count(world, places[i], pattern);
		if (rows)
			print_message("%s %s: %d\n", pattern, places[i], (int)rows);
		sum += rows;
	}
	return sum;
}

/* A message with a NIK, its report in two versions, what was answered, a session, a reason. */
static int64_t story(struct world *world, int64_t *inbound)
{
	const struct inbound message = {.channel = "sms", .link = "uji", .source = PHONE,
		.destination = "2255", .octets = (const unsigned char *)"L SITI " NIK,
		.length = 23, .received = 10, .text = "L SITI " NIK, .state = "handled"};
	const struct outbox answer = {.kind = "reply", .recipient = PHONE, .text = "NIK " NIK,
		.ref = "L1", .state = "waiting", .created = 10};
	struct report_row row = {.ref = "L1", .kabupaten = "35.03", .form = "lahir",
		.status = "accepted", .area = "35.03.01.2004", .date = "2024-08-01",
		.sender = PHONE, .received = 10, .actor = PHONE,
		.fields = "{\"ibu\":\"SITI\",\"nik\":\"" NIK "\",\"berat\":3200}",
		.match_name = "siti", .match_nik = NIK};
	int64_t id;

	ok(store_inbound_put(world->store, &message, inbound));
	row.inbound = *inbound;
	ok(store_report_put(world->store, &row));
	ok(store_report_revise(world->store, &row));
	ok(store_outbox_put(world->store, &answer, &id));
	ok(store_session_put(world->store, "manners", PHONE, "{\"said\":\"" NIK "\"}", 99));
	ok(store_audit_put(world->store, 11, PHONE, "reason", "L1", NULL, "SITI " NIK));
	return row.id;
}

static void finds(struct world *world, int64_t id)
{
	const struct report_filter filter = {.match_nik = NIK};
	struct report_row rows[2];
	size_t found;

	ok(store_report_find(world->store, world->arena, &filter, rows, 2, &found));
	assert_int_equal(found, 1);
	assert_int_equal(rows[0].id, id);
	assert_non_null(strstr(rows[0].fields, "\"nik\":\"" NIK "\""));
}

void test_numbers_are_sealed(void **state)
{
	struct world *world = *state;
	struct audit_row audit[2];
	struct inbound message;
	const char *data;
	int64_t inbound, id = story(world, &inbound);
	size_t rows;

	assert_int_equal(texts_with(world, "%" NIK "%"), 0);
	assert_int_equal(texts_with(world, "%<~1:%"), 6);
	assert_int_equal(count(world, "SELECT count(*) FROM reports WHERE match_nik = ?", NIK), 0);
	finds(world, id);
	ok(store_inbound_get(world->store, world->arena, inbound, &message));
	assert_string_equal(message.text, "L SITI " NIK);
	assert_int_equal(message.length, 23);
	assert_memory_equal(message.octets, "L SITI " NIK, 23);
	ok(store_session_get(world->store, world->arena, "manners", PHONE, 1, &data));
	assert_string_equal(data, "{\"said\":\"" NIK "\"}");
	ok(store_audit_list(world->store, world->arena, "L1", audit, 2, &rows));
	assert_string_equal(audit[0].new_value, "SITI " NIK);
	world_reopen(world);
	finds(world, id);
}

static void walk(struct world *world, bool again, struct rekey *rekey)
{
	ok(store_rekey_begin(world->store, again, rekey));
	while (!rekey->done)
		ok(store_rekey_step(world->store, 1, rekey));
}

static void say(int64_t id, const char *trouble, void *context)
{
	(void)context;
	print_message("audit row %d %s\n", (int)id, trouble);
}

static void chain_holds(struct world *world, int64_t erased)
{
	struct audit_verdict verdict;

	ok(store_audit_verify(world->store, say, NULL, &verdict));
	assert_int_equal(verdict.troubles, 0);
	assert_int_equal(verdict.erased, erased);
	assert_true(verdict.keyed);
	assert_true(verdict.rows > 0);
}

/* Half of a walk, then as after a kill: the store is opened again. */
void test_a_rotation_leaves_nothing(void **state)
{
	struct world *world = *state;
	int64_t inbound, id = story(world, &inbound);
	struct key_state key;
	struct rekey rekey;
	int generation;

	ok(store_key_renew(world->store, &generation));
	assert_int_equal(generation, 2);
	ok(store_rekey_begin(world->store, false, &rekey));
	ok(store_rekey_step(world->store, 1, &rekey));
	world_reopen(world);
	assert_int_equal(store_key_renew(world->store, &generation), ERR_EXISTS);
	finds(world, id);
	walk(world, false, &rekey);
	assert_true(rekey.sealed > 0);
	walk(world, true, &rekey);
	assert_int_equal(rekey.sealed, 0);
	ok(store_rekey_finish(world->store));
	assert_int_equal(texts_with(world, "%<~1:%"), 0);
	assert_int_equal(texts_with(world, "%<~2:%"), 6);
	finds(world, id);
	chain_holds(world, 0);
	world_reopen(world);
	finds(world, id);
	ok(store_key_state(world->store, &key));
	assert_true(key.keyed && key.sealed && !key.rotating);
}

/* A store that was made without a key and is given one later: what it had written is proven too. */
void test_a_key_that_came_later(void **state)
{
	struct world *world = *state, later = *world;

	if (strcmp(world->options.driver, "sqlite") != 0)
		return; /* the other one has this database alone */
	snprintf(later.path, sizeof(later.path), "%.120s/later.db", world->directory);
	later.options.path = later.path;
	later.options.key = NULL;
	ok(store_open(&later.store, &later.options, NULL));
	for (int i = 0; i < 3; i++)
		ok(store_audit_put(later.store, 5 + i, "a", "b", "c", NULL, NULL));
	store_close(later.store);
	later.options.key = world->key;
	ok(store_open(&later.store, &later.options, NULL));
	ok(store_audit_put(later.store, 9, "a", "b", "d", NULL, NULL));
	chain_holds(&later, 0);
	assert_true(count(&later, "SELECT count(*) FROM audit WHERE subject = ?", "c") == 3);
	store_close(later.store);
}

static const char *keep(struct arena *arena, const char *form, const char *fields, void *context)
{
	(void)arena;
	(void)form;
	(void)fields;
	(void)context;
	return "{\"berat\":3200}";
}

void test_who_is_erased_is_gone(void **state)
{
	struct world *world = *state;
	struct erased erased = {0};
	struct report_row row;
	int64_t inbound, id = story(world, &inbound);
	char *list;

	ok(store_person_put(world->store,
		&(struct person){.phone = PHONE, .name = "Ratna", .role = "bidan",
			.areas = "35.03", .language = "id", .state = "active"},
		&(int){0}));
	ok(store_report_get(world->store, world->arena, id, &row));
	ok(store_batch_begin(world->store));
	ok(store_erase_report(world->store, &row, keep, NULL, &erased));
	ok(store_erase_phone(world->store, PHONE, "erased-1", &erased));
	list = xasprintf("rows%s", erased.rows.text);
	ok(store_audit_put(world->store, 12, "kabarctl", "erase", "erased-1", NULL, list));
	ok(store_batch_commit(world->store));
	free(list);
	strbuf_free(&erased.rows);
	assert_int_equal(texts_with(world, "%<~1:%"), 0);
	assert_int_equal(texts_with(world, "%SITI%"), 0);
	assert_int_equal(count(world, "SELECT count(*) FROM people WHERE name = ?", "Ratna"), 0);
	assert_int_equal(count(world, "SELECT count(*) FROM phones WHERE phone = ?", PHONE), 0);
	assert_int_equal(count(world, "SELECT count(*) FROM inbound WHERE source = ?", PHONE), 0);
	assert_int_equal(count(world, "SELECT count(*) FROM outbox WHERE recipient = ?", PHONE), 0);
	ok(store_report_get(world->store, world->arena, id, &row));
	assert_string_equal(row.sender, "erased-1");
	assert_string_equal(row.status, "accepted");
	assert_string_equal(row.fields, "{\"berat\":3200}");
	chain_holds(world, 1);
}
