/* Which worker what a phone has to do with goes to: one at a time, by desa when it is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "gateway/inbox/spread.h"

#define WORKERS 4

static unsigned taken_once(struct spread *spread, const char *phone)
{
	uint64_t who = spread_who(phone);
	unsigned worker = spread_take(spread, who);

	spread_give_back(spread, who, 0);
	return worker;
}

/* A desa whose worker is another one. */
static uint64_t other_home(unsigned worker)
{
	uint64_t home = 1;

	while (home % WORKERS == worker)
		home++;
	return home;
}

static void test_a_phone_is_one_however_spelled(void **state)
{
	static const char *const spelled[] = {
		"+6281234567890", "6281234567890", "081234567890", "+62 812-3456-7890"};

	(void)state;
	for (size_t i = 1; i < COUNT_OF(spelled); i++)
		assert_true(spread_who(spelled[i]) == spread_who(spelled[0]));
	assert_true(spread_who("+6281234567891") != spread_who(spelled[0]));
	assert_true(spread_who("TELKOMSEL") != spread_who("INDOSAT"));
	assert_true(spread_who("") != 0);
}

/* It learns where the owner works, and moves only when nothing of the phone is under way. */
static void test_a_phone_moves_when_nothing_of_it_is_under_way(void **state)
{
	struct spread *spread = spread_new(WORKERS);
	uint64_t who = spread_who("+6281234567890"), home;
	unsigned first = spread_take(spread, who);

	(void)state;
	home = other_home(first);
	assert_int_equal(spread_take(spread, who), first);
	spread_give_back(spread, who, home);
	assert_int_equal(spread_take(spread, who), first); /* the second still waits */
	spread_give_back(spread, who, home);
	spread_give_back(spread, who, 0);
	assert_int_equal(spread_take(spread, who), home % WORKERS);
	spread_give_back(spread, who, home);
	spread_free(spread);
}

static void test_those_of_a_desa_meet(void **state)
{
	struct spread *spread = spread_new(WORKERS);
	uint64_t home = spread_hash("35.03.01.2004");
	char phone[32];

	(void)state;
	for (int i = 0; i < 50; i++) {
		uint64_t who;

		snprintf(phone, sizeof(phone), "+62899000000%04d", i);
		who = spread_who(phone);
		(void)spread_take(spread, who);
		spread_give_back(spread, who, home);
		assert_int_equal(taken_once(spread, phone), home % WORKERS);
	}
	spread_free(spread);
}

static void test_all_have_something_to_do(void **state)
{
	struct spread *spread = spread_new(WORKERS);
	size_t count[WORKERS] = {0};
	char phone[32];

	(void)state;
	for (int i = 0; i < 4000; i++) {
		snprintf(phone, sizeof(phone), "+62812%08d", i);
		count[taken_once(spread, phone)]++;
	}
	for (unsigned i = 0; i < WORKERS; i++)
		assert_in_range(count[i], 700, 1300);
	assert_int_equal(spread_take(spread, 0), 0); /* nobody's: the first worker's */
	spread_give_back(spread, 0, 5);
	spread_free(spread);
}

static void test_one_worker_does_it_all(void **state)
{
	struct spread *spread = spread_new(1);

	(void)state;
	assert_int_equal(taken_once(spread, "+6281234567890"), 0);
	assert_int_equal(taken_once(spread, "+6281234567891"), 0);
	spread_free(spread);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_phone_is_one_however_spelled),
		cmocka_unit_test(test_a_phone_moves_when_nothing_of_it_is_under_way),
		cmocka_unit_test(test_those_of_a_desa_meet),
		cmocka_unit_test(test_all_have_something_to_do),
		cmocka_unit_test(test_one_worker_does_it_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
