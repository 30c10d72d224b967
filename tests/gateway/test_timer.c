/* The timer heap on a frozen clock, and once under libevent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <event2/event.h>

#include "gateway/os/clock.h"
#include "gateway/os/timer.h"
#include "parsers/text/util.h"

static int fired[4000];
static size_t nfired;

struct owner {
	struct timer timer;
	int id;
	int again; /* delay of a second round */
	struct timer *victim; /* cancelled when this one fires */
};

static void on_fire(void *context)
{
	struct owner *owner = context;

	fired[nfired++] = owner->id;
	if (owner->victim)
		timer_cancel(owner->victim);
	if (owner->again) {
		timer_arm(&owner->timer, owner->again);
		owner->again = 0;
	}
}

static int setup(void **state)
{
	(void)state;
	clock_freeze(1723680000000);
	nfired = 0;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	assert_int_equal(timers_next(), -1);
	clock_thaw();
	return 0;
}

static void test_fires_in_order_of_time_then_arming(void **state)
{
	struct owner a = {.id = 1}, b = {.id = 2}, c = {.id = 3};

	(void)state;
	timer_init(&a.timer, on_fire, &a);
	timer_init(&b.timer, on_fire, &b);
	timer_init(&c.timer, on_fire, &c);
	timer_arm(&a.timer, 50);
	timer_arm(&b.timer, 20);
	timer_arm(&c.timer, 50);
	timers_advance(19);
	assert_int_equal(nfired, 0);
	timers_advance(1);
	assert_int_equal(nfired, 1);
	timers_advance(1000);
	assert_int_equal(nfired, 3);
	assert_int_equal(fired[0], 2);
	assert_int_equal(fired[1], 1);
	assert_int_equal(fired[2], 3);
}

static void test_a_callback_may_cancel_and_rearm(void **state)
{
	struct owner a = {.id = 1, .again = 10}, b = {.id = 2};
	int64_t start = clock_now();

	(void)state;
	timer_init(&a.timer, on_fire, &a);
	timer_init(&b.timer, on_fire, &b);
	a.victim = &b.timer;
	timer_arm(&a.timer, 5);
	timer_arm(&b.timer, 5);
	timers_advance(14);
	assert_int_equal(nfired, 1);
	assert_false(timer_armed(&b.timer));
	assert_true(timer_armed(&a.timer));
	timers_advance(1);
	assert_int_equal(nfired, 2);
	assert_int_equal(clock_now() - start, 15);
}

static void test_random_heap_stays_in_order(void **state)
{
	static struct owner owners[1000];
	unsigned int seed = 7;
	int64_t last = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		owners[i] = (struct owner){.id = i};
		timer_init(&owners[i].timer, on_fire, &owners[i]);
		timer_arm(&owners[i].timer, rand_r(&seed) % 500);
	}
	for (int i = 0; i < 1000; i += 3)
		timer_cancel(&owners[i].timer);
	for (int i = 1; i < 1000; i += 3)
		timer_arm(&owners[i].timer, rand_r(&seed) % 500);
	timers_advance(500);
	assert_int_equal(nfired, 666);
	for (size_t i = 0; i < nfired; i++) {
		assert_true(owners[fired[i]].timer.due >= last);
		last = owners[fired[i]].timer.due;
	}
}

static void test_wall_clock_jump_moves_no_timer(void **state)
{
	struct owner a = {.id = 1};

	(void)state;
	timer_init(&a.timer, on_fire, &a);
	timer_arm(&a.timer, 1000);
	clock_set_wall(clock_wall() + 86400000);
	timers_advance(999);
	assert_int_equal(nfired, 0);
	timers_advance(1);
	assert_int_equal(nfired, 1);
}

static void test_libevent_drives_the_heap(void **state)
{
	struct event_base *base = event_base_new();
	struct owner a = {.id = 1, .again = 1}, b = {.id = 2};

	(void)state;
	clock_thaw();
	timers_attach(base);
	timer_init(&a.timer, on_fire, &a);
	timer_init(&b.timer, on_fire, &b);
	timer_arm(&b.timer, 3);
	timer_arm(&a.timer, 1);
	while (nfired < 3)
		assert_int_equal(event_base_loop(base, EVLOOP_ONCE), 0);
	assert_int_equal(fired[0], 1);
	timers_detach();
	event_base_free(base);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_fires_in_order_of_time_then_arming, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_a_callback_may_cancel_and_rearm, setup, teardown),
		cmocka_unit_test_setup_teardown(test_random_heap_stays_in_order, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_wall_clock_jump_moves_no_timer, setup, teardown),
		cmocka_unit_test_setup_teardown(test_libevent_drives_the_heap, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
