/* The contract of what comes in and goes out. */
#include "store/message/inbound.h"
#include "store/message/outbox.h"
#include "store/report/report.h"
#include "tests/store/contract.h"

static const unsigned char digest[DIGEST_SIZE] = {1, 2, 3, 0, 5};

static int64_t put_inbound(struct world *world, int64_t received, const unsigned char *key)
{
	static const unsigned char octets[] = {0x05, 0x00, 'L', ' ', 0xff};
	struct inbound in = {.channel = "sms",
		.link = "telkomsel",
		.source = "+628123456789",
		.destination = "2255",
		.octets = octets,
		.length = sizeof(octets),
		.esm_class = 0x40,
		.data_coding = 8,
		.received = received,
		.text = "L siti",
		.state = "handled",
		.intent = "report",
		.digest = key};
	int64_t id = 0;

	ok(store_inbound_put(world->store, &in, &id));
	assert_true(id > 0);
	return id;
}

void test_inbound_keeps_octets(void **state)
{
	struct world *world = *state;
	int64_t first = put_inbound(world, 100, digest), second = put_inbound(world, 101, NULL);
	struct inbound row, rows[4];
	size_t count;

	ok(store_inbound_get(world->store, world->arena, first, &row));
	assert_int_equal(row.length, 5);
	assert_memory_equal(row.octets, "\x05\x00L \xff", 5);
	assert_int_equal(row.esm_class, 0x40);
	assert_int_equal(row.data_coding, 8);
	assert_non_null(row.digest); /* hashed once more with the store's key */
	ok(store_inbound_finish(world->store, second, "quarantined", NULL, NULL));
	ok(store_inbound_get(world->store, world->arena, second, &row));
	assert_string_equal(row.state, "quarantined");
	assert_string_equal(row.text, "L siti");
	assert_null(row.intent);
	assert_null(row.digest);
	assert_int_equal(store_inbound_get(world->store, world->arena, 999, &row), ERR_NOT_FOUND);
	assert_int_equal(store_inbound_finish(world->store, 999, "x", NULL, NULL), ERR_NOT_FOUND);
	ok(store_inbound_from(world->store, world->arena, "+628123456789", rows, 4, &count));
	assert_int_equal(count, 2);
	assert_int_equal(rows[0].id, second);
}

void test_redelivery_keys(void **state)
{
	struct world *world = *state;
	int64_t id = put_inbound(world, 100, digest), found = 0;

	ok(store_redelivery_find(world->store, digest, 100, &found));
	assert_int_equal(found, id);
	assert_int_equal(store_redelivery_find(world->store, digest, 101, &found), ERR_NOT_FOUND);
	ok(store_redelivery_forget(world->store, digest));
	assert_int_equal(store_redelivery_find(world->store, digest, 0, &found), ERR_NOT_FOUND);
	id = put_inbound(world, 200, digest);
	id = put_inbound(world, 300, digest);
	ok(store_redelivery_sweep(world->store, 300));
	ok(store_redelivery_find(world->store, digest, 0, &found));
	assert_int_equal(found, id);
	ok(store_redelivery_sweep(world->store, 301));
	assert_int_equal(store_redelivery_find(world->store, digest, 0, &found), ERR_NOT_FOUND);
}

/* Looked for, not there or too old, put, told twice in a batch, proven and told again. */
void test_redelivery_keys_of_a_batch(void **state)
{
	struct world *world = *state;
	int64_t id, found = 0;

	ok(store_batch_begin(world->store));
	assert_int_equal(store_redelivery_find(world->store, digest, 50, &found), ERR_NOT_FOUND);
	id = put_inbound(world, 100, digest);
	ok(store_redelivery_find(world->store, digest, 50, &found));
	assert_int_equal(found, id);
	ok(store_redelivery_forget(world->store, digest));
	assert_int_equal(store_redelivery_find(world->store, digest, 50, &found), ERR_NOT_FOUND);
	(void)put_inbound(world, 101, digest);
	ok(store_batch_commit(world->store));
	ok(store_batch_begin(world->store)); /* one that waited to be swept is taken over */
	assert_int_equal(store_redelivery_find(world->store, digest, 102, &found), ERR_NOT_FOUND);
	(void)put_inbound(world, 200, digest);
	id = put_inbound(world, 201, digest);
	ok(store_batch_commit(world->store));
	ok(store_redelivery_find(world->store, digest, 102, &found));
	assert_int_equal(found, id);
}

void test_parts_join(void **state)
{
	struct world *world = *state;
	struct part_key key = {"telkomsel", "+628123456789", "2255", 7, 3}, late;
	static const char *const texts[] = {"satu ", "dua ", "tiga"};
	static const int order[] = {2, 0, 1};
	struct inbound in = {.received = 50}, parts[3];
	size_t count;

	for (int i = 0; i < 3; i++) {
		ok(store_part_all(world->store, world->arena, &key, parts, &count));
		assert_int_equal(count, i);
		in.id = put_inbound(world, 50, NULL);
		ok(store_part_put(world->store, &key, order[i] + 1, &in,
			(const unsigned char *)texts[order[i]], strlen(texts[order[i]])));
		ok(store_part_put(world->store, &key, order[i] + 1, &in,
			(const unsigned char *)texts[order[i]], strlen(texts[order[i]])));
	}
	ok(store_part_all(world->store, world->arena, &key, parts, &count));
	assert_int_equal(count, 3);
	for (int i = 0; i < 3; i++)
		assert_memory_equal(parts[i].octets, texts[i], strlen(texts[i]));
	assert_int_equal(store_part_late(world->store, world->arena, 50, &late), ERR_NOT_FOUND);
	ok(store_part_late(world->store, world->arena, 51, &late));
	assert_int_equal(late.ref, 7);
	ok(store_part_forget(world->store, &late));
	ok(store_part_all(world->store, world->arena, &key, parts, &count));
	assert_int_equal(count, 0);
}

void test_purge_empties_old_octets(void **state)
{
	struct world *world = *state;
	int64_t old = put_inbound(world, 10, NULL), young = put_inbound(world, 20, NULL);
	int64_t after = 0, messages, human;
	struct inbound row;
	size_t purged;

	ok(store_purgeable(world->store, PURGE_MESSAGES, 20, &messages));
	ok(store_purgeable(world->store, PURGE_INBOX, 20, &human));
	assert_int_equal(messages, 1);
	assert_int_equal(human, 0);
	ok(store_inbound_purge(world->store, 20, 1, &after, &purged));
	assert_int_equal(purged, 1);
	assert_int_equal(after, old);
	ok(store_inbound_purge(world->store, 20, 1, &after, &purged));
	assert_int_equal(purged, 0);
	assert_int_equal(after, young);
	ok(store_inbound_purge(world->store, 20, 1, &after, &purged));
	assert_int_equal(after, 0);
	ok(store_inbound_get(world->store, world->arena, old, &row));
	assert_int_equal(row.length, 0);
	assert_null(row.text);
	ok(store_inbound_get(world->store, world->arena, young, &row));
	assert_int_equal(row.length, 5);
	ok(store_inbound_purge(world->store, 20, 100, &after, &purged));
	assert_int_equal(purged, 0);
}

/* What was sent long ago keeps its row and loses its text; what waits keeps both. */
void test_purge_empties_sent_texts(void **state)
{
	struct world *world = *state;
	struct outbox row = {.kind = "reply", .recipient = "+62812", .text = "SITI", .created = 5,
		.state = "claimed", .owner = "gw1"};
	int64_t sent, waiting, after = 0, left;
	size_t purged;

	ok(store_outbox_put(world->store, &row, &sent));
	ok(store_outbox_sent(world->store, sent, "telkomsel", "77"));
	row.state = "waiting";
	ok(store_outbox_put(world->store, &row, &waiting));
	ok(store_batch_begin(world->store));
	ok(store_outbox_purge(world->store, 9, 100, &after, &purged));
	ok(store_batch_commit(world->store));
	assert_int_equal(purged, 1);
	ok(store_outbox_get(world->store, world->arena, sent, &row));
	assert_string_equal(row.text, "");
	assert_string_equal(row.state, "sent");
	assert_string_equal(row.message_id, "77");
	ok(store_outbox_get(world->store, world->arena, waiting, &row));
	assert_string_equal(row.text, "SITI");
	ok(store_give_back(world->store, &left));
	assert_int_equal(left, 0);
}

static int64_t put_outbox(struct world *world, const char *state, const char *owner, int64_t due)
{
	struct outbox row = {.kind = "alert",
		.link = "telkomsel",
		.recipient = "+62811",
		.text = "KEMATIAN",
		.ref = "M2408-0001",
		.state = state,
		.owner = owner,
		.created = 1,
		.due = due};
	int64_t id = 0;

	ok(store_outbox_put(world->store, &row, &id));
	return id;
}

static int claim(struct world *world, const char *owner, int64_t now, struct outbox *rows,
	size_t room, size_t *count)
{
	const struct outbox_claim wanted = {
		.owner = owner, .class = OUTBOX_ALARM, .link = "telkomsel", .now = now};

	return store_outbox_claim(world->store, world->arena, &wanted, rows, room, count);
}

static bool is_telkomsel(const char *link, void *context)
{
	(void)context;
	return strcmp(link, "telkomsel") == 0;
}

static bool is_none(const char *link, void *context)
{
	(void)link;
	(void)context;
	return false;
}

/* A claim is for one class and one link; what waits for a link that is gone may go over any. */
void test_outbox_claims_by_class_and_link(void **state)
{
	struct world *world = *state;
	struct outbox_claim wanted = {.owner = "gw1", .class = OUTBOX_ANSWER, .now = 30};
	struct outbox rows[8];
	size_t count, expired;

	put_outbox(world, "waiting", NULL, 10);
	ok(store_outbox_claim(world->store, world->arena, &wanted, rows, 8, &count));
	assert_int_equal(count, 0);
	wanted.class = OUTBOX_ALARM;
	ok(store_outbox_free_links(world->store, world->arena, is_telkomsel, NULL));
	ok(store_outbox_claim(world->store, world->arena, &wanted, rows, 8, &count));
	assert_int_equal(count, 0);
	ok(store_outbox_free_links(world->store, world->arena, is_none, NULL));
	wanted.newer = 1; /* it was put at 1 */
	ok(store_outbox_claim(world->store, world->arena, &wanted, rows, 8, &count));
	assert_int_equal(count, 0);
	wanted.newer = 0;
	ok(store_outbox_claim(world->store, world->arena, &wanted, rows, 8, &count));
	assert_int_equal(count, 1);
	assert_null(rows[0].link);
	put_outbox(world, "waiting", NULL, 10);
	ok(store_outbox_expire(world->store, OUTBOX_ALARM, 1, 8, &expired));
	assert_int_equal(expired, 0);
	ok(store_outbox_expire(world->store, OUTBOX_ANSWER, 5, 8, &expired));
	assert_int_equal(expired, 0);
	ok(store_outbox_expire(world->store, OUTBOX_ALARM, 5, 8, &expired));
	assert_int_equal(expired, 1);
}

void test_outbox_claims_in_order(void **state)
{
	struct world *world = *state;
	int64_t late = put_outbox(world, "waiting", NULL, 20),
		early = put_outbox(world, "waiting", NULL, 10);
	int64_t mine = put_outbox(world, "claimed", "gw1", 0);
	struct outbox_waiting waiting[OUTBOX_CLASSES];
	struct outbox rows[8];
	size_t count;

	ok(claim(world, "gw2", 9, rows, 8, &count));
	assert_int_equal(count, 0);
	ok(store_outbox_waiting(world->store, waiting));
	assert_int_equal(waiting[OUTBOX_ALARM].count, 2);
	assert_int_equal(waiting[OUTBOX_ALARM].oldest, 1);
	assert_int_equal(waiting[OUTBOX_ANSWER].count, 0);
	ok(claim(world, "gw2", 30, rows, 1, &count));
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].id, early);
	assert_string_equal(rows[0].owner, "gw2");
	ok(claim(world, "gw2", 30, rows, 8, &count));
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].id, late);
	ok(claim(world, "gw1", 30, rows, 8, &count));
	assert_int_equal(count, 0);
	ok(store_outbox_reclaim(world->store, world->arena, "gw1", rows, 8, &count));
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].id, mine);
}

void test_outbox_states_only_move_forward(void **state)
{
	struct world *world = *state;
	int64_t id = put_outbox(world, "claimed", "gw1", 5);
	struct outbox row;

	ok(store_outbox_set(world->store, id, "waiting", 60));
	ok(store_outbox_get(world->store, world->arena, id, &row));
	assert_string_equal(row.state, "waiting");
	assert_null(row.owner);
	assert_int_equal(row.due, 60);
	assert_int_equal(store_outbox_set(world->store, id, "delivered", 0), ERR_STATE);
	ok(store_outbox_set(world->store, id, "claimed", 0));
	ok(store_outbox_sent(world->store, id, NULL, "abc"));
	ok(store_outbox_set(world->store, id, "delivered", 0));
	ok(store_outbox_set(world->store, id, "delivered", 0));
	assert_int_equal(store_outbox_set(world->store, id, "waiting", 0), ERR_STATE);
	ok(store_outbox_get(world->store, world->arena, id, &row));
	assert_string_equal(row.state, "delivered");
	assert_string_equal(row.message_id, "abc");
	assert_int_equal(row.due, 60);
	assert_int_equal(store_outbox_sent(world->store, 999, "telkomsel", NULL), ERR_NOT_FOUND);
}

void test_outbox_finds_by_message_id(void **state)
{
	struct world *world = *state;
	int64_t id = put_outbox(world, "claimed", "gw1", 0), found;
	const char *const variants[] = {"255", "ff"};

	assert_int_equal(store_outbox_by_message_id(world->store, "telkomsel", variants, 2, &found),
		ERR_NOT_FOUND);
	ok(store_outbox_sent(world->store, id, "telkomsel", "00FF"));
	ok(store_outbox_by_message_id(world->store, "telkomsel", variants, 2, &found));
	assert_int_equal(found, id);
	assert_int_equal(store_outbox_by_message_id(world->store, "indosat", variants, 2, &found),
		ERR_NOT_FOUND);
}

void test_outbox_rows_of_a_message(void **state)
{
	struct world *world = *state;
	struct outbox reply = {.inbound = 42,
		.kind = "reply",
		.recipient = "+62812",
		.text = "Terima kasih.",
		.ref = "M2408-0001",
		.created = 1};
	struct outbox rows[4];
	size_t count;

	ok(store_outbox_put(world->store, &reply, NULL));
	put_outbox(world, "waiting", NULL, 0);
	ok(store_outbox_of_inbound(world->store, world->arena, 42, rows, 4, &count));
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].text, "Terima kasih.");
	ok(store_outbox_of_ref(world->store, world->arena, "M2408-0001", rows, 4, &count));
	assert_int_equal(count, 2);
	assert_string_equal(rows[1].kind, "alert");
}

/* The answer to its own message is found by it, others by the reference. */
void test_outbox_rows_of_a_report(void **state)
{
	struct world *world = *state;
	struct report_row report = {.ref = "L2408-0001", .kabupaten = "35.03", .form = "lahir",
		.status = "accepted", .area = "35.03.01.2004", .sender = "+62812", .received = 9};
	struct outbox answer = {.kind = "reply", .recipient = "+62812", .text = "satu",
		.ref = "L2408-0001", .created = 1};
	struct outbox rows[4];
	size_t count;

	ok(store_batch_begin(world->store));
	ok(store_inbound_number(world->store, &report.inbound));
	answer.inbound = report.inbound;
	ok(store_report_put(world->store, &report));
	ok(store_outbox_put(world->store, &answer, NULL));
	answer.text = "dua";
	answer.inbound++;
	ok(store_outbox_put(world->store, &answer, NULL));
	answer.text = "lain";
	answer.ref = "L2408-0002";
	ok(store_outbox_put(world->store, &answer, NULL));
	ok(store_batch_commit(world->store));
	ok(store_outbox_of_ref(world->store, world->arena, "L2408-0001", rows, 4, &count));
	assert_int_equal(count, 2);
	assert_string_equal(rows[0].text, "satu");
	assert_string_equal(rows[1].text, "dua");
}

void test_outbox_lately_to_a_phone(void **state)
{
	struct world *world = *state;
	struct outbox rows[4];
	size_t count;

	for (int n = 1; n <= 5; n++) {
		const struct outbox row = {.kind = "reply",
			.recipient = n == 3 ? "+62813" : "+62814",
			.text = n == 5 ? "terbaru" : "lama",
			.created = 100 * n};

		ok(store_outbox_put(world->store, &row, NULL));
	}
	ok(store_outbox_to(world->store, world->arena, "+62814", 200, rows, 4, &count));
	assert_int_equal(count, 3);
	assert_string_equal(rows[0].text, "terbaru");
	assert_int_equal(rows[2].created, 200);
	ok(store_outbox_to(world->store, world->arena, "+62814", 0, rows, 2, &count));
	assert_int_equal(count, 2);
	ok(store_outbox_to(world->store, world->arena, "+62815", 0, rows, 4, &count));
	assert_int_equal(count, 0);
}
