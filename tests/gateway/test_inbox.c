/* The way in: the inbox's answers and its back-pressure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "gateway/inbox/inbox.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "tests/gateway/doubles.h"

static struct config_smsc smsc[2] = {{.link = {.name = "uji"}}, {.link = {.name = "lain"}}};
static struct link made[2] = {{"uji", LINK_BOUND}, {"lain", LINK_BOUND}};
static struct link *list[2] = {&made[0], &made[1]};
static struct links links = {.list = list, .smsc = smsc, .count = 2};
static struct inbox *inbox;
static int stops, wakes;

static void on_wake(void *context)
{
	(void)context;
	wakes++;
}

static void on_stop(void *context)
{
	(void)context;
	stops++;
}

static void on_send(void *context, struct outgoing *reply)
{
	(void)context;
	outgoing_free(reply);
}

static int setup(void **state)
{
	(void)state;
	clock_freeze(1723680000000);
	doubles_reset();
	stops = wakes = 0;
	links.holds = 0;
	inbox = inbox_new(&(struct inbox_setup){
		.links = &links, .limit = 4, .wake = on_wake, .stop = on_stop, .send = on_send,
	});
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	inbox_free(inbox);
	clock_thaw();
	return 0;
}

static void accept(const char *text, uint32_t sequence)
{
	struct delivery delivery;

	inbox_accept(inbox, delivery_make(&delivery, "+6281234567890", text, sequence),
		ALPHABET_GSM7, NULL);
}

static struct item *take(size_t most)
{
	bool closed;

	return inbox_take(inbox, 0, most, 0, &closed);
}

static void test_answers_follow_the_verdict(void **state)
{
	static const enum verdict wanted[] = {
		VERDICT_OK, VERDICT_REFUSED, VERDICT_SILENT, VERDICT_OK};
	struct item *items;
	int i = 0;

	(void)state;
	for (uint32_t sequence = 1; sequence <= 3; sequence++)
		accept("x", sequence);
	clock_advance(2001);
	accept("x", 4);
	items = take(10);
	for (struct item *item = items; item; item = item->next)
		item->verdict = wanted[i++];
	assert_int_equal(i, 4);
	assert_int_equal(nack, 0);
	inbox_give_back(inbox, 0, items, NULL, OK);
	assert_int_equal(nack, 0);
	assert_int_equal(wakes, 1);
	inbox_on_committed(inbox);
	assert_int_equal(nack, 3);
	assert_int_equal(acks[0].sequence, 1);
	assert_int_equal(acks[0].status, ESME_ROK);
	assert_int_equal(acks[0].generation, 7);
	assert_false(acks[0].token); /* 2.001 s: too late to prove anything */
	assert_int_equal(acks[1].status, ESME_RX_T_APPN);
	assert_int_equal(acks[2].sequence, 4);
	assert_true(acks[2].token);
}

static void test_no_room_is_told_at_once(void **state)
{
	struct delivery delivery;
	bool closed;

	(void)state;
	inbox_refuse(inbox, delivery_make(&delivery, "+6281234567890", "*355#", 5), ALPHABET_GSM7);
	assert_int_equal(nack, 1);
	assert_int_equal(acks[0].sequence, 5);
	assert_int_equal(acks[0].status, ESME_RX_T_APPN);
	assert_null(inbox_take(inbox, 0, 1, 0, &closed));
}

static void test_a_full_inbox_stops_reading(void **state)
{
	struct item *items;

	(void)state;
	for (uint32_t sequence = 1; sequence <= 3; sequence++)
		accept("x", sequence);
	assert_int_equal(paused, 0);
	accept("x", 4);
	assert_int_equal(paused, 2);
	items = take(2);
	inbox_give_back(inbox, 0, items, NULL, OK);
	inbox_on_committed(inbox);
	assert_int_equal(paused, 0);
}

static void test_proofs_and_results_are_not_lost(void **state)
{
	unsigned char digest[DIGEST_SIZE] = {1};
	struct item *items;
	struct inbox_status status;

	(void)state;
	inbox_put(inbox, item_new_result("uji", 5, "sent", "a", 0));
	accept("x", 1);
	inbox_put(inbox, item_new_proven("uji", digest));
	items = take(10);
	inbox_put(inbox, item_new_result("uji", 6, "sent", "b", 0));
	for (struct item *item = items; item; item = item->next)
		item->verdict = VERDICT_REFUSED;
	inbox_give_back(inbox, 0, items, NULL, ERR_STORE_BUSY);
	inbox_on_committed(inbox);
	assert_int_equal(nack, 1);
	items = take(10);
	assert_int_equal(items->u.result.id, 5);
	assert_int_equal(items->next->kind, ITEM_PROVEN);
	assert_int_equal(items->next->next->u.result.id, 6);
	assert_null(items->next->next->next);
	inbox_status(inbox, &status);
	assert_int_equal(status.waiting + status.at_work, 0);
	for (struct item *item = items; item; item = item->next)
		item->verdict = VERDICT_OK;
	inbox_give_back(inbox, 0, items, NULL, OK);
	inbox_put(inbox, item_new_result("uji", 7, "sent", "b", 0));
	item_free_list(take(10));
}

static void accept_from(struct inbox *to, const char *phone, uint32_t sequence)
{
	struct delivery delivery;

	inbox_accept(to, delivery_make(&delivery, phone, "x", sequence), ALPHABET_GSM7, NULL);
}

/* All of a worker's, judged. */
static size_t work(struct inbox *of, unsigned worker, uint32_t *first)
{
	bool closed;
	struct item *items = inbox_take(of, worker, 100, 0, &closed);
	size_t count = 0;

	*first = items ? items->sequence : 0;
	for (struct item *item = items; item; item = item->next) {
		item->verdict = VERDICT_OK;
		count++;
	}
	inbox_give_back(of, worker, items, NULL, OK);
	return count;
}

static struct inbox *inbox_of_three(void)
{
	return inbox_new(&(struct inbox_setup){.links = &links, .limit = 100, .workers = 3,
		.wake = on_wake, .stop = on_stop, .send = on_send});
}

static void test_several_workers_have_each_their_phones(void **state)
{
	struct inbox *several = inbox_of_three();
	size_t count, sum = 0;
	char phone[32];
	uint32_t first;

	(void)state;
	for (uint32_t i = 1; i <= 30; i++) {
		snprintf(phone, sizeof(phone), "+62812345678%02u", i);
		accept_from(several, phone, i);
	}
	assert_int_equal(work(several, 1, &first), 0); /* the first one begins */
	for (unsigned worker = 0; worker < 3; worker++) {
		count = work(several, worker, &first);
		assert_true(count > 0);
		sum += count;
	}
	assert_int_equal(sum, 30);
	inbox_on_committed(several);
	assert_int_equal(nack, 30);
	inbox_free(several);
}

/* A proof comes behind what its phone has sent, and before what that sends next. */
static void test_a_proof_goes_to_the_worker_of_its_phone(void **state)
{
	struct inbox *several = inbox_of_three();
	unsigned char token[ITEM_TOKEN];
	struct delivery delivery;
	struct item *item;
	size_t found = 0;
	uint32_t first;

	(void)state;
	item = item_new_message(
		delivery_make(&delivery, "081234567890", "x", 40), ALPHABET_GSM7);
	item_token(item, token);
	item_free(item);
	accept_from(several, "+6281234567890", 41);
	inbox_put(several, item_new_proof("uji", token));
	accept_from(several, "6281234567890", 42);
	for (unsigned worker = 0; worker < 3; worker++) {
		size_t count = work(several, worker, &first);

		assert_true(count == 0 || (count == 3 && first == 41));
		found += count;
	}
	assert_int_equal(found, 3);
	inbox_on_committed(several);
	inbox_free(several);
}

static void test_a_broken_store_stops_all(void **state)
{
	struct item *items;

	(void)state;
	accept("x", 1);
	items = take(1);
	items->verdict = VERDICT_SILENT;
	inbox_give_back(inbox, 0, items, NULL, ERR_STORE_IO);
	inbox_on_committed(inbox);
	assert_int_equal(nack, 0);
	assert_int_equal(stops, 1);
}

static void test_digests(void **state)
{
	struct item *a = make_item("+6281234567890", "L"), *b = make_item("+6281234567890", "L");
	struct item *c = make_item("+628123456789", "0L"), *d = make_item("+6281234567890", "l");
	struct delivery delivery;
	struct item *e;

	(void)state;
	delivery_make(&delivery, "+6281234567890", "L", 9);
	delivery.tlvs.area = (const uint8_t *)"\x02\x04\x00\x02\x00\x01";
	delivery.tlvs.area_length = 6;
	e = item_new_message(&delivery.deliver, ALPHABET_GSM7);
	assert_memory_equal(a->digest, b->digest, DIGEST_SIZE);
	assert_memory_not_equal(a->digest, c->digest, DIGEST_SIZE);
	assert_memory_not_equal(a->digest, d->digest, DIGEST_SIZE);
	assert_memory_not_equal(a->digest, e->digest, DIGEST_SIZE);
	item_free(a);
	item_free(b);
	item_free(c);
	item_free(d);
	item_free(e);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_answers_follow_the_verdict),
		TEST(test_no_room_is_told_at_once),
		TEST(test_a_full_inbox_stops_reading),
		TEST(test_proofs_and_results_are_not_lost),
		TEST(test_several_workers_have_each_their_phones),
		TEST(test_a_proof_goes_to_the_worker_of_its_phone),
		TEST(test_a_broken_store_stops_all),
		TEST(test_digests),
	};

	if (sodium_init() < 0)
		return 1;
	log_set_quiet(true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
