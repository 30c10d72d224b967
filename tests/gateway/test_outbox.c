/* The way out: windows, throttling, retries, unsure, long texts. */
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
#include "tests/gateway/outbox_fixture.h"

static void test_sent(void **state)
{
	const struct pdu_message *message = &sents[0].submit.message;

	(void)state;
	send_as(1, "reply", "uji", "Terima kasih {1}", 1);
	assert_int_equal(nsent, 1);
	assert_string_equal(message->source.digits, "2255");
	assert_string_equal(message->destination.digits, "6281234567890");
	assert_int_equal(message->destination.ton, 1);
	assert_int_equal(message->registered_delivery, 1);
	assert_int_equal(message->data_coding, 0);
	assert_memory_equal(sents[0].octets, "Terima kasih \x1B(1\x1B)", 18);
	assert_int_equal(nresult, 0);
	answer(0, SUBMIT_SENT, "id1");
	assert_int_equal(nresult, 1);
	assert_string_equal(results[0].state, "sent");
	assert_string_equal(results[0].message_id, "id1");
	assert_int_equal(outbox_held(queue), 0);
}

static void test_the_window_and_order(void **state)
{
	(void)state;
	submit_room = 1;
	send_as(1, "reply", "uji", "satu", 1);
	send_as(2, "reply", "uji", "dua", 1);
	assert_int_equal(nsent, 1);
	/* Throttled: the same row goes first again. */
	answer(0, SUBMIT_THROTTLED, "");
	submit_room = 5;
	outbox_on_ready(queue, &made[0]);
	assert_int_equal(nsent, 3);
	assert_memory_equal(sents[1].octets, "satu", 4);
	assert_memory_equal(sents[2].octets, "dua", 3);
	answer(1, SUBMIT_SENT, "a");
	answer(2, SUBMIT_SENT, "b");
	assert_int_equal(results[0].id, 1);
	assert_int_equal(results[1].id, 2);
}

static void test_temporary_refusals_end_some_day(void **state)
{
	(void)state;
	send_as(1, "reply", "uji", "satu", 1);
	answer(0, SUBMIT_RETRY, "");
	assert_string_equal(results[0].state, "waiting");
	assert_int_equal(results[0].due, clock_utc() + 10);
	send_as(1, "reply", "uji", "satu", 2);
	answer(1, SUBMIT_RETRY, "");
	assert_int_equal(results[1].due, clock_utc() + 20);
	send_as(1, "reply", "uji", "satu", 3);
	answer(2, SUBMIT_RETRY, "");
	assert_string_equal(results[2].state, "dropped");
	send_as(2, "reply", "uji", "satu", 1);
	answer(3, SUBMIT_FAILED, "");
	assert_string_equal(results[3].state, "dropped");
	submit_error = ERR_RANGE;
	send_as(3, "reply", "uji", "satu", 1);
	assert_string_equal(results[4].state, "dropped");
	assert_int_equal(outbox_held(queue), 0);
}

static void test_unsure_is_sent_once_more(void **state)
{
	(void)state;
	send_as(1, "reply", "uji", "satu", 1);
	answer(0, SUBMIT_UNSURE, "");
	assert_string_equal(results[0].state, "unsure");
	assert_int_equal(nsent, 2);
	answer(1, SUBMIT_UNSURE, "");
	assert_int_equal(nsent, 2);
	assert_string_equal(results[1].state, "unsure");
	assert_int_equal(outbox_held(queue), 0);
	send_as(2, "reply", "uji", "dua", 1);
	answer(2, SUBMIT_UNSURE, "");
	answer(3, SUBMIT_SENT, "x");
	assert_string_equal(results[3].state, "sent");
}

static void test_ussd_and_policy_never_resend(void **state)
{
	(void)state;
	send_as(1, "ussd", "uji", "satu", 1);
	assert_int_equal(sents[0].submit.message.registered_delivery, 0);
	answer(0, SUBMIT_UNSURE, "");
	outbox_configure(queue, &(struct outbox_policy){.tries = 3, .retry = 10, .retry_max = 25});
	send_as(2, "reply", "uji", "dua", 1);
	answer(1, SUBMIT_UNSURE, "");
	assert_int_equal(nsent, 2);
	assert_int_equal(nresult, 2);
}

static void test_a_row_without_a_link_takes_one_that_is_bound(void **state)
{
	(void)state;
	made[0].state = LINK_WAITING;
	send_as(1, "alert", NULL, "alarm", 1);
	assert_ptr_equal(sents[0].link, &made[1]);
	send_as(2, "alert", "gone", "alarm", 1);
	assert_ptr_equal(sents[1].link, &made[1]);
	answer(0, SUBMIT_SENT, "a");
	answer(1, SUBMIT_SENT, "b");
}

static void test_alphabets(void **state)
{
	(void)state;
	send_as(1, "reply", "lain", "caf\xC3\xA9", 1);
	assert_memory_equal(sents[0].octets, "caf\xE9", 4);
	assert_int_equal(sents[0].submit.message.data_coding, 0);
	send_as(2, "reply", "lain", "\xE2\x82\xAC", 1);
	assert_int_equal(sents[1].submit.message.data_coding, 8);
	assert_memory_equal(sents[1].octets, "\x20\xAC", 2);
	answer(0, SUBMIT_SENT, "a");
	answer(1, SUBMIT_SENT, "b");
}

static void test_long_texts_are_split(void **state)
{
	char text[400] = "";

	(void)state;
	memset(text, 'a', 152);
	strcat(text, "{bbbbbbbbbbbbbb"); /* an escape that must not be cut: 152 + 2 + 14 septets */
	send_as(1, "reply", "uji", text, 1);
	assert_int_equal(nsent, 2);
	assert_int_equal(sents[0].submit.message.esm_class, ESM_UDHI);
	assert_int_equal(sents[0].submit.message.length, 6 + 152);
	assert_int_equal(sents[1].submit.message.length, 6 + 16);
	assert_int_equal(sents[0].octets[4], 2);
	assert_int_equal(sents[0].octets[5], 1);
	assert_int_equal(sents[1].octets[5], 2);
	assert_int_equal(sents[0].octets[3], sents[1].octets[3]);
	answer(1, SUBMIT_SENT, "second");
	assert_int_equal(nresult, 0);
	answer(0, SUBMIT_UNSURE, "");
	/* Only the part without an answer goes again. */
	assert_int_equal(nsent, 3);
	assert_int_equal(sents[2].octets[5], 1);
	answer(2, SUBMIT_SENT, "first");
	assert_string_equal(results[1].state, "sent");
	assert_string_equal(results[1].message_id, "first");
}

/* The part under way has its answer still to come: the text ends with that. */
static void test_a_part_that_can_never_go_waits_for_the_others(void **state)
{
	char text[201] = "";

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	submit_room = 1;
	send_as(1, "reply", "uji", text, 1);
	assert_int_equal(nsent, 1);
	submit_room = 5;
	submit_error = ERR_RANGE;
	outbox_on_ready(queue, &made[0]);
	assert_int_equal(nresult, 0);
	assert_int_equal(outbox_held(queue), 1);
	answer(0, SUBMIT_SENT, "a");
	assert_int_equal(nresult, 1);
	assert_string_equal(results[0].state, "dropped");
	assert_int_equal(outbox_held(queue), 0);
}

static void test_160_septets_are_one_part(void **state)
{
	char text[200] = "";

	(void)state;
	memset(text, 'a', 160);
	send_as(1, "reply", "uji", text, 1);
	assert_int_equal(nsent, 1);
	assert_int_equal(sents[0].submit.message.length, 160);
	answer(0, SUBMIT_SENT, "a");
}

/* The responses that would make room come over the same sockets: they are read on. */
static void test_a_full_outbox_has_no_room(void **state)
{
	(void)state;
	submit_room = 0;
	for (int i = 1; i <= 4; i++)
		send_as(i, "reply", "uji", "satu", 1);
	assert_int_equal(outbox_held(queue), 4);
	assert_int_equal(paused, 0);
	submit_room = 10;
	outbox_on_ready(queue, &made[0]);
	answer(0, SUBMIT_SENT, "a");
	assert_int_equal(outbox_held(queue), 3);
	answer(1, SUBMIT_SENT, "b");
	answer(2, SUBMIT_SENT, "c");
	answer(3, SUBMIT_SENT, "d");
	assert_int_equal(outbox_held(queue), 0);
}

/* A screen that goes out at the last moment is too late a moment afterwards: it is under way all
 * the same, and its response finds it. */
static void test_a_screen_under_way_is_not_judged_again(void **state)
{
	(void)state;
	smsc[0].dialect.user_seconds = 30;
	submit_room = 0;
	for (int i = 1; i <= 3; i++)
		send_as(i, "ussd", "uji", "menu", 1);
	clock_advance(30000);
	submit_room = 10;
	submit_takes = 1;
	outbox_on_ready(queue, &made[0]);
	assert_int_equal(nsent, 1);
	assert_int_equal(nresult, 2); /* the other two came too late */
	assert_string_equal(results[0].state, "dropped");
	assert_int_equal(results[0].id, 2);
	answer(0, SUBMIT_SENT, "a");
	assert_int_equal(nresult, 3);
	assert_int_equal(results[2].id, 1);
	assert_string_equal(results[2].state, "sent");
	assert_int_equal(outbox_held(queue), 0);
}

static void test_screens_are_taken_while_somebody_would_see_them(void **state)
{
	(void)state;
	smsc[0].dialect.user_seconds = 30;
	submit_room = 0;
	for (int i = 1; i <= 4; i++) {
		assert_int_equal(outbox_takes_screen(queue, "uji", true), i <= 2);
		assert_true(outbox_takes_screen(queue, "uji", false));
		send_as(i, "ussd", "uji", "menu", 1);
	}
	assert_false(outbox_takes_screen(queue, "uji", false));
	assert_true(outbox_takes_screen(queue, "lain", true));
	smsc[0].dialect.user_seconds = 3;
	smsc[0].link.rate = 1;
	submit_room = 2;
	outbox_on_ready(queue, &made[0]);
	assert_false(outbox_takes_screen(queue, "uji", true)); /* 2 wait, 3 can be shown in time */
	assert_true(outbox_takes_screen(queue, "uji", false));
	smsc[0].link.rate = 0;
	submit_room = 10;
	outbox_on_ready(queue, &made[0]);
	for (size_t i = 0; i < nsent; i++)
		answer(i, SUBMIT_SENT, "a");
}

/* However many wait: 200,000 more take no longer each than the first. */
static void test_a_long_queue_costs_no_more(void **state)
{
	enum { MANY = 200000 };

	(void)state;
	submit_room = 0;
	for (int i = 1; i <= MANY; i++)
		send_as(i, "reply", "uji", "x", 1);
	submit_room = 1;
	outbox_on_ready(queue, &made[0]);
	answer(0, SUBMIT_THROTTLED, "");
	submit_room = 1;
	outbox_on_ready(queue, &made[0]);
	assert_ptr_equal(sents[1].cookie, sents[0].cookie);
	answer(1, SUBMIT_SENT, "a");
	assert_int_equal(results[0].id, 1);
}

static void test_what_may_go_anywhere_does_not_wait_for_a_dead_link(void **state)
{
	(void)state;
	made[1].state = LINK_WAITING;
	submit_error = ERR_STATE;
	send_as(1, "alert", NULL, "\xc3\xa0", 1);
	send_as(2, "reply", "uji", "balasan", 1);
	made[0].state = LINK_WAITING;
	outbox_on_state(queue);
	assert_int_equal(nsent, 0);
	submit_error = 0;
	made[1].state = LINK_BOUND;
	outbox_on_state(queue);
	assert_int_equal(nsent, 1);
	assert_string_equal(sents[0].submit.message.source.digits, "3366");
	assert_int_equal(sents[0].octets[0], 0xE0); /* in that link's alphabet */
	answer(0, SUBMIT_SENT, "9");
	assert_string_equal(results[0].link, "lain");
	made[0].state = LINK_BOUND;
	outbox_on_ready(queue, &made[0]);
	assert_int_equal(nsent, 2);
	answer(1, SUBMIT_SENT, "10");
	assert_string_equal(results[1].link, "uji");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, outbox_setup_test, outbox_teardown_test)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sent),
		TEST(test_the_window_and_order),
		TEST(test_temporary_refusals_end_some_day),
		TEST(test_unsure_is_sent_once_more),
		TEST(test_ussd_and_policy_never_resend),
		TEST(test_a_row_without_a_link_takes_one_that_is_bound),
		TEST(test_alphabets),
		TEST(test_long_texts_are_split),
		TEST(test_a_part_that_can_never_go_waits_for_the_others),
		TEST(test_160_septets_are_one_part),
		TEST(test_a_full_outbox_has_no_room),
		TEST(test_a_screen_under_way_is_not_judged_again),
		TEST(test_screens_are_taken_while_somebody_would_see_them),
		TEST(test_a_long_queue_costs_no_more),
		TEST(test_what_may_go_anywhere_does_not_wait_for_a_dead_link),
	};

	if (sodium_init() < 0)
		return 1;
	log_set_quiet(true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
