/* Which message goes next, and over which link: classes, shares, alarms, hours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/os/timer.h"
#include "tests/gateway/outbox_fixture.h"

static void put_all(const char *kind, const char *link, int first, int count)
{
	for (int i = 0; i < count; i++)
		send_as(first + i, kind, link, "x", 1);
}

static void answer_all(size_t from)
{
	for (size_t i = from; i < nsent; i++)
		answer(i, SUBMIT_SENT, "a");
}

/* Alarms, then screens; while they never end one turn in eight is for the others, by weight. */
static void test_classes_take_turns(void **state)
{
	static const int64_t first[] = {1, 2, 11, 12, 13, 14, 15, 21, 16, 17};
	size_t nnotice = 0, nreminder = 0;

	(void)state;
	smsc[0].dialect.user_seconds = 30;
	submit_room = 0;
	put_all("reminder", "uji", 41, 30);
	put_all("notice", "uji", 31, 8);
	put_all("reply", "uji", 21, 10);
	put_all("ussd", "uji", 11, 8);
	put_all("alert", "uji", 1, 2);
	for (size_t i = 0; i < 58; i++) {
		submit_room = 1;
		outbox_on_ready(queue, &made[0]);
		assert_int_equal(nsent, i + 1);
		answer(i, SUBMIT_SENT, "a");
		if (i < 10)
			assert_int_equal(results[i].id, first[i]);
		nnotice += i < 25 && results[i % 32].id >= 31 && results[i % 32].id < 39;
		nreminder += i < 25 && results[i % 32].id >= 41;
	}
	/* of the first 15 turns that were theirs: 8 to 4 to 2 */
	assert_in_range(nnotice, 3, 5);
	assert_in_range(nreminder, 1, 3);
	assert_int_equal(outbox_held(queue), 0);
}

static void test_an_alarm_goes_where_it_is_soonest_done(void **state)
{
	(void)state;
	smsc[0].link.rate = smsc[1].link.rate = 1;
	outbox_links_changed(queue);
	submit_room = 0;
	put_all("reply", "uji", 1, 3); /* answers do not stand before an alarm */
	put_all("alert", "uji", 11, 2);
	submit_room = 1;
	send_as(21, "alert", NULL, "x", 1);
	assert_ptr_equal(sents[0].link, &made[1]);
	submit_room = 100;
	outbox_on_ready(queue, &made[0]);
	answer_all(0);
	smsc[0].link.rate = smsc[1].link.rate = 0;
}

/* Each operator's phones over its own link, while that is up and takes them. */
static void test_an_alarm_goes_over_the_link_of_its_operator(void **state)
{
	(void)state;
	smsc[0].prefixes = "0857, 0858";
	smsc[1].prefixes = "0811,0812, +62813";
	send_as(1, "alert", NULL, "x", 1); /* 0812 ... */
	assert_ptr_equal(sents[0].link, &made[1]);
	smsc[1].prefixes = "";
	smsc[0].prefixes = "62812";
	send_as(2, "alert", NULL, "x", 1);
	assert_ptr_equal(sents[1].link, &made[0]);
	/* it is down, or takes nothing: over the other */
	made[0].state = LINK_WAITING;
	outbox_on_state(queue);
	send_as(3, "alert", NULL, "x", 1);
	assert_ptr_equal(sents[2].link, &made[1]);
	made[0].state = LINK_BOUND;
	outbox_on_state(queue);
	answer_all(0);
	send_as(4, "reply", "uji", "x", 1); /* under way, and no response comes */
	submit_room = 0;
	send_as(5, "alert", NULL, "x", 1);
	timers_advance(19000);
	assert_int_equal(nsent, 4);
	submit_room = 10;
	timers_advance(3000);
	assert_int_equal(nsent, 5);
	assert_ptr_equal(sents[4].link, &made[1]);
	answer_all(3);
	smsc[0].prefixes = smsc[1].prefixes = NULL;
	assert_int_equal(outbox_held(queue), 0);
}

static void test_an_alarm_moves_after_twenty_seconds(void **state)
{
	(void)state;
	send_as(1, "reply", "uji", "x", 1); /* under way, and no response comes */
	made[1].state = LINK_WAITING;
	outbox_on_state(queue);
	submit_room = 0;
	send_as(2, "alert", NULL, "x", 1);
	made[1].state = LINK_BOUND;
	outbox_on_state(queue);
	timers_advance(19000);
	submit_room = 10;
	timers_advance(3000);
	assert_int_equal(nsent, 2);
	assert_ptr_equal(sents[1].link, &made[1]);
	answer_all(0);
	assert_int_equal(outbox_held(queue), 0);
}

/* What the worker may claim: each link and class for itself, nothing for a link that is down. */
static void test_shares(void **state)
{
	struct shares shares;

	(void)state;
	smsc[0].link.rate = 100;
	outbox_links_changed(queue);
	submit_room = 0;
	put_all("reply", "uji", 1, 4);
	outbox_shares(queue, &shares);
	assert_int_equal(shares.count, 2);
	assert_string_equal(shares.list[0].link, "uji");
	assert_int_equal(shares.list[0].room[OUTBOX_ANSWER], 0);
	assert_int_equal(shares.list[0].room[OUTBOX_ALARM], 4);
	assert_int_equal(shares.list[0].room[OUTBOX_CAMPAIGN], 1);
	assert_int_equal(shares.list[1].room[OUTBOX_ANSWER], 4);
	made[1].state = LINK_WAITING;
	outbox_on_state(queue);
	outbox_shares(queue, &shares);
	assert_int_equal(shares.list[1].room[OUTBOX_ANSWER], 0);
	submit_room = 10;
	outbox_on_ready(queue, &made[0]);
	answer_all(0);
	smsc[0].link.rate = 0;
}

/* What waited in memory for a link that was down. */
static void test_late_and_at_night(void **state)
{
	(void)state;
	outbox_configure(queue, &(struct outbox_policy){
		.hours = {.from = 20 * 60 + 30, .to = 6 * 60 + 30, .timezone = 7 * 60}});
	submit_room = 0;
	put_all("reply", "uji", 1, 1);
	put_all("notice", "uji", 2, 1);
	clock_advance((int64_t)13 * 3600 * 1000 + 2700000); /* 20:45 in Jakarta */
	submit_room = 10;
	outbox_on_ready(queue, &made[0]);
	assert_int_equal(nsent, 0);
	assert_string_equal(results[0].state, "expired");
	assert_string_equal(results[1].state, "waiting");
	assert_int_equal(results[1].due, clock_utc() + 35100); /* 06:30 */
	assert_int_equal(outbox_held(queue), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, outbox_setup_test, outbox_teardown_test)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_classes_take_turns),
		TEST(test_an_alarm_goes_where_it_is_soonest_done),
		TEST(test_an_alarm_goes_over_the_link_of_its_operator),
		TEST(test_an_alarm_moves_after_twenty_seconds),
		TEST(test_shares),
		TEST(test_late_and_at_night),
	};

	if (sodium_init() < 0)
		return 1;
	log_set_quiet(true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
