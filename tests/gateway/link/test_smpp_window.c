/* The window: sequence numbers, capacity, and response timers on a frozen clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gateway/link/smpp_window.h"
#include "gateway/os/clock.h"
#include "gateway/os/timer.h"

static uint64_t overdue[8];
static size_t overdue_count;
static bool unread;

static void on_timeout(void *user, const struct request *request)
{
	(void)user;
	overdue[overdue_count++] = request->cookie;
}

static bool may_wait(void *user, const struct request *request)
{
	(void)user;
	assert_true(request->deadline_ms <= clock_now());
	return unread;
}

static int setup(void **state)
{
	clock_freeze(0);
	overdue_count = 0;
	unread = false;
	*state = window_new(3, on_timeout, may_wait, NULL);
	return 0;
}

static int teardown(void **state)
{
	window_free(*state);
	clock_thaw();
	return 0;
}

static uint32_t open_one(struct window *window, uint64_t cookie, int64_t timeout)
{
	uint32_t sequence = 0;

	assert_int_equal(window_open(window, SMPP_SUBMIT_SM, cookie, 0, timeout, &sequence), OK);
	return sequence;
}

static void test_capacity_counts_messages_only(void **state)
{
	struct window *window = *state;
	struct request request;
	uint32_t sequence;

	for (uint32_t i = 1; i <= 3; i++)
		assert_int_equal(open_one(window, i, 1000), i);
	assert_int_equal(window_open(window, SMPP_SUBMIT_SM, 4, 0, 1000, &sequence), ERR_LIMIT);
	assert_int_equal(window_open(window, SMPP_ENQUIRE_LINK, 5, 0, 1000, &sequence), OK);
	assert_int_equal(sequence, 4);
	assert_int_equal(window_room(window), 0);
	assert_int_equal(window_total(window), 4);
	assert_int_equal(window_close(window, 2, &request), OK);
	assert_int_equal(request.cookie, 2);
	assert_int_equal(window_close(window, 2, &request), ERR_NOT_FOUND);
	assert_int_equal(window_close(window, 0, &request), ERR_NOT_FOUND);
	assert_int_equal(window_room(window), 1);
	assert_int_equal(window_take(window, &request), OK);
	assert_int_equal(request.cookie, 1); /* the oldest */
}

static void test_sequence_wraps_and_skips(void **state)
{
	struct window *window = *state;

	assert_int_equal(open_one(window, 1, 1000), 1);
	window_set_next(window, 0x7FFFFFFF);
	assert_int_equal(open_one(window, 2, 1000), 0x7FFFFFFF);
	assert_int_equal(open_one(window, 3, 1000), 2);
}

static void test_timers(void **state)
{
	struct window *window = *state;
	struct request request;
	uint32_t first = open_one(window, 1, 1000);

	timers_advance(400);
	open_one(window, 2, 1000);
	open_one(window, 3, 300);
	timers_advance(299);
	assert_int_equal(overdue_count, 0);
	timers_advance(1);
	assert_int_equal(overdue_count, 1);
	assert_int_equal(overdue[0], 3);
	assert_int_equal(window_close(window, first, &request), OK);
	timers_advance(500);
	assert_int_equal(overdue_count, 1);
	timers_advance(300);
	assert_int_equal(overdue_count, 2);
	assert_int_equal(overdue[1], 2);
	assert_int_equal(timers_next(), -1);
}

static void test_unread_octets_put_the_judgement_off(void **state)
{
	struct window *window = *state;
	struct request request;
	uint32_t first = open_one(window, 1, 1000);

	open_one(window, 2, 1000);
	unread = true;
	timers_advance(1050);
	assert_int_equal(overdue_count, 0);
	assert_int_equal(window_close(window, first, &request), OK); /* it was among them */
	unread = false;
	timers_advance(100);
	assert_int_equal(overdue_count, 1);
	assert_int_equal(overdue[0], 2);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_capacity_counts_messages_only),
		TEST(test_sequence_wraps_and_skips),
		TEST(test_timers),
		TEST(test_unread_octets_put_the_judgement_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
