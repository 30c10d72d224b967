/* Rows of the outbox on their way through the worker: claimed, spilled, taken up again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sodium.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "tests/gateway/worker_fixture.h"

static int64_t put_row(const char *kind, const char *state, const char *owner)
{
	int64_t id;

	assert_int_equal(store_outbox_put(store, &(struct outbox){
		.kind = kind, .recipient = PHONE, .text = "halo", .state = state, .owner = owner,
		.created = clock_utc(), .due = clock_utc(),
	}, &id), OK);
	return id;
}

static void test_rows_of_others_are_claimed_by_the_tick(void **state)
{
	(void)state;
	put_row("human", "waiting", NULL);
	put_row("human", "waiting", NULL);
	outgoing_free_list(out);
	assert_int_equal(worker_tick(worker, 0, &out), OK);
	assert_int_equal(outgoing_count(), 0);
	assert_int_equal(worker_tick(worker, 1, &out), OK);
	assert_int_equal(outgoing_count(), 1);
	outgoing_free_list(out);
	assert_int_equal(worker_tick(worker, 5, &out), OK);
	assert_int_equal(outgoing_count(), 1);
}

static size_t room_left(void *context)
{
	return *(size_t *)context;
}

/* The loop cannot take more: replies wait in the store, in order, and leave when there is room. */
static void test_replies_without_room_wait_in_the_store(void **state)
{
	size_t room = 1;
	int64_t first;

	(void)state;
	worker_free(worker);
	worker = worker_new(&(struct worker_setup){
		.store = store, .crash = crash, .disk = disk, .room = room_left, .context = &room,
		.config = {.settings = &settings, .redelivery = 86400, .parts = 86400},
	});
	assert_int_equal(step(make_item(PHONE, "satu"), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 1);
	first = out->id;
	room = 0;
	assert_int_equal(step(make_item(PHONE, "dua"), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 0);
	assert_string_equal(outbox_row(first + 1).state, "waiting");
	room = 1;
	/* the second goes first */
	assert_int_equal(step(make_item(PHONE, "tiga"), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 1);
	assert_int_equal(out->id, first + 1);
	outgoing_free_list(out);
	out = NULL;
	room = 10;
	assert_int_equal(worker_tick(worker, room, &out), OK);
	assert_int_equal(outgoing_count(), 1);
	assert_int_equal(out->id, first + 2);
	assert_int_equal(step(make_item(PHONE, "empat"), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 1);
}

/* Its submit had no answer, it was to be sent once more, and then the process died. */
static void test_an_unsure_row_is_taken_up_once(void **state)
{
	int64_t mine = put_row("reply", "claimed", "uji");

	(void)state;
	assert_int_equal(store_outbox_set(store, mine, "unsure", 5), OK);
	outgoing_free_list(out);
	assert_int_equal(worker_reclaim(worker, &out), OK);
	assert_int_equal(outgoing_count(), 1);
	assert_true(out->unsure);
	assert_int_equal(store_outbox_set(store, mine, "unsure", 0), OK);
	outgoing_free_list(out);
	assert_int_equal(worker_reclaim(worker, &out), OK);
	assert_int_equal(outgoing_count(), 0);
}

static void test_own_rows_are_taken_up_again(void **state)
{
	int64_t mine = put_row("reply", "claimed", "uji"), ussd = put_row("ussd", "claimed", "uji");

	(void)state;
	put_row("reply", "claimed", "other");
	outgoing_free_list(out);
	assert_int_equal(worker_reclaim(worker, &out), OK);
	assert_int_equal(outgoing_count(), 1);
	assert_int_equal(out->id, mine);
	assert_string_equal(outbox_row(ussd).state, "unsure");
}

static void test_a_retry_does_not_wait_for_the_clock_to_come_again(void **state)
{
	int64_t id = put_row("reply", "waiting", NULL);

	(void)state;
	outgoing_free_list(out);
	assert_int_equal(worker_tick(worker, 0, &out), OK);
	assert_int_equal(store_outbox_set(store, id, "claimed", 0), OK);
	assert_int_equal(store_outbox_set(store, id, "waiting", clock_utc() + 30), OK);
	assert_int_equal(worker_tick(worker, 10, &out), OK);
	assert_int_equal(outgoing_count(), 0);
	clock_set_wall(clock_wall() - 7200LL * 1000);
	assert_int_equal(worker_tick(worker, 10, &out), OK);
	assert_int_equal(outgoing_count(), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rows_of_others_are_claimed_by_the_tick),
		TEST(test_replies_without_room_wait_in_the_store),
		TEST(test_an_unsure_row_is_taken_up_once),
		TEST(test_a_retry_does_not_wait_for_the_clock_to_come_again),
		TEST(test_own_rows_are_taken_up_again),
	};

	if (sodium_init() < 0)
		return 1;
	log_set_quiet(true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
