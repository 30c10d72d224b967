/* Submits over a link: results, throttling, rate, window; proof of acknowledgements;
 * back-pressure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "gateway/link/smpp_rate.h"
#include "gateway/os/clock.h"
#include "gateway/os/timer.h"
#include "tests/gateway/link/link_fixture.h"

#define SUBMIT_RESP (SMPP_SUBMIT_SM | SMPP_RESPONSE)

static struct link_status status_of(struct fixture *f)
{
	struct link_status status;

	link_status(f->link, &status);
	return status;
}

static uint32_t submitted(struct fixture *f, uint64_t cookie)
{
	assert_int_equal(fixture_submit(f, cookie), OK);
	return peer_expect(&f->peer, SMPP_SUBMIT_SM);
}

static void answer(struct fixture *f, uint64_t cookie, uint32_t status, const char *body,
	enum submit_outcome outcome)
{
	unsigned results = f->results;

	peer_send(&f->peer, SUBMIT_RESP, status, submitted(f, cookie), body);
	assert_int_equal(f->results, results + 1);
	assert_int_equal(f->cookie, cookie);
	assert_int_equal(f->result.outcome, outcome);
	assert_int_equal(f->result.status, status);
}

static void test_results(void **state)
{
	struct fixture *f = *state;

	fixture_bind(f);
	answer(f, 1, ESME_ROK, "3141324200", SUBMIT_SENT);
	assert_string_equal(f->message_id, "1A2B");
	assert_memory_equal(f->peer.pdu.u.message.octets, "Terima kasih", 12);
	answer(f, 2, ESME_ROK, "", SUBMIT_SENT);
	assert_string_equal(f->message_id, "");
	answer(f, 3, ESME_RINVDSTADR, "", SUBMIT_FAILED);
	answer(f, 4, ESME_RSYSERR, "00", SUBMIT_RETRY);
	answer(f, 5, 0x0411, "", SUBMIT_RETRY);
	peer_send(&f->peer, SMPP_GENERIC_NACK, ESME_RINVCMDLEN, submitted(f, 6), "");
	assert_int_equal(f->result.outcome, SUBMIT_FAILED);
	assert_int_equal(f->state, LINK_BOUND);
	peer_send(&f->peer, SMPP_GENERIC_NACK, 0, submitted(f, 7), "");
	assert_int_equal(f->result.outcome, SUBMIT_RETRY);
	assert_int_equal(status_of(f).sent, 2);
	assert_int_equal(status_of(f).failed, 5);
	/* an answer of another kind completes nothing */
	uint32_t sequence = submitted(f, 8);
	peer_send(&f->peer, SMPP_ENQUIRE_LINK | SMPP_RESPONSE, 0, sequence, "");
	assert_int_equal(f->results, 7);
	peer_send(&f->peer, SUBMIT_RESP, 0, sequence, "3100");
	assert_int_equal(f->results, 8);
}

static void test_window_and_order(void **state)
{
	struct fixture *f = *state;

	fixture_bind(f);
	uint32_t first = submitted(f, 1), second = submitted(f, 2);
	unsigned ready = f->ready;

	assert_int_equal(second, first + 1);
	assert_int_equal(fixture_submit(f, 3), ERR_LIMIT);
	assert_int_equal(status_of(f).window_used, 2);
	peer_send(&f->peer, SUBMIT_RESP, 0, second, "3100"); /* responses in any order */
	assert_int_equal(f->cookie, 2);
	assert_int_equal(f->ready, ready + 1);
	peer_send(&f->peer, SUBMIT_RESP, 0, first, "3100");
	assert_int_equal(f->cookie, 1);
	assert_int_equal(f->ready, ready + 1); /* told once */
}

static void test_no_response_is_unsure(void **state)
{
	struct fixture *f = *state;
	uint32_t sequence;

	fixture_bind(f);
	sequence = submitted(f, 1);
	timers_advance(29999);
	assert_int_equal(f->results, 0);
	timers_advance(1);
	assert_int_equal(f->outcomes[SUBMIT_UNSURE], 1);
	peer_send(&f->peer, SUBMIT_RESP, 0, sequence, "3100"); /* too late: once is once */
	assert_int_equal(f->results, 1);
	peer_expect(&f->peer, SMPP_ENQUIRE_LINK);
	submitted(f, 2);
	submitted(f, 3);
	peer_hang_up(&f->peer);
	assert_int_equal(f->outcomes[SUBMIT_UNSURE], 3);
	assert_int_equal(f->state, LINK_WAITING);
	assert_int_equal(status_of(f).unsure, 3);
}

static void test_late_response_in_the_socket_counts(void **state)
{
	struct fixture *f = *state;
	uint32_t sequence;

	fixture_bind(f);
	sequence = submitted(f, 1);
	link_pause_reading(f->link);
	peer_send(&f->peer, SMPP_ENQUIRE_LINK, 0, 70,
		""); /* makes the link notice that it is paused */
	peer_send(&f->peer, SUBMIT_RESP, 0, sequence, "3100");
	timers_advance(35000);
	assert_int_equal(f->results, 0); /* paused by ourselves: no judgement */
	link_resume_reading(f->link);
	peer_pump(&f->peer);
	assert_int_equal(f->outcomes[SUBMIT_SENT], 1);
	assert_int_equal(f->state, LINK_BOUND);
}

/* The SMSC does not read: what it cannot have seen is not unsure yet, and not sent again. */
static void test_what_has_not_left_is_not_overdue(void **state)
{
	struct fixture *f = *state;
	const int narrow = 2048;
	unsigned count = 0;

	f->config.window = 1000;
	fixture_remake(f);
	assert_int_equal(setsockopt(f->peer.listener, SOL_SOCKET, SO_RCVBUF, &narrow,
				 sizeof(narrow)),
		0);
	fixture_bind(f);
	while (count < 1000 && fixture_submit(f, count) == OK)
		count++;
	peer_pump(&f->peer);
	timers_advance(35000);
	assert_int_equal(f->results, 0);
	while (peer_next(&f->peer)) {
		if (f->peer.pdu.command == SMPP_SUBMIT_SM)
			peer_send(&f->peer, SUBMIT_RESP, 0, f->peer.pdu.sequence, "3100");
	}
	assert_int_equal(f->outcomes[SUBMIT_SENT], count);
	/* but not for ever */
	for (count = 0; count < 1000 && fixture_submit(f, count) == OK;)
		count++;
	peer_pump(&f->peer);
	timers_advance(90000);
	assert_int_equal(f->outcomes[SUBMIT_UNSURE], count);
}

static void test_throttling_holds_the_link(void **state)
{
	struct fixture *f = *state;
	unsigned ready;

	f->config.rate = 100;
	fixture_remake(f);
	fixture_bind(f);
	uint32_t first = submitted(f, 1);
	timers_advance(10);
	uint32_t second = submitted(f, 2);
	peer_send(&f->peer, SUBMIT_RESP, ESME_RTHROTTLED, first, "00");
	assert_int_equal(f->result.outcome, SUBMIT_THROTTLED);
	peer_send(&f->peer, SUBMIT_RESP, ESME_RMSGQFUL, second,
		""); /* of the same burst: halved once */
	assert_int_equal(f->result.outcome, SUBMIT_THROTTLED);
	assert_int_equal((int)status_of(f).rate, 50);
	assert_int_equal(status_of(f).hold_ms, 1000);
	ready = f->ready;
	assert_int_equal(fixture_submit(f, 1), ERR_LIMIT);
	timers_advance(999);
	assert_int_equal(f->ready, ready);
	timers_advance(1);
	assert_int_equal(f->ready, ready + 1);
	peer_send(&f->peer, SUBMIT_RESP, ESME_RTHROTTLED, submitted(f, 1), "");
	assert_int_equal((int)status_of(f).rate, 25);
	assert_int_equal(status_of(f).hold_ms, 2000);
	timers_advance(2000);
	answer(f, 1, ESME_ROK, "3100", SUBMIT_SENT);
	assert_int_equal((int)status_of(f).rate, 25);
	for (int i = 0; i < 20; i++) { /* grows again, up to what is configured */
		timers_advance(1000);
		answer(f, 2, ESME_ROK, "3100", SUBMIT_SENT);
	}
	assert_int_equal((int)status_of(f).rate, 100);
}

static void test_hold_ends_at_a_minute(void **state)
{
	struct rate rate;

	(void)state;
	rate_init(&rate, 0);
	assert_int_equal(rate_wait(&rate), 0);
	for (int i = 0; i < 40; i++) {
		assert_int_equal(rate_wait(&rate), 0);
		rate_spend(&rate);
	}
	rate_throttled(&rate, clock_now());
	assert_int_equal((int)rate.allowed, 20); /* half of the second's 40 */
	assert_int_equal(rate_wait(&rate), 1000);
	for (int i = 0; i < 10; i++) {
		clock_advance(60000);
		rate_throttled(&rate, clock_now());
	}
	assert_int_equal(rate_wait(&rate), 60000);
	assert_int_equal((int)rate.allowed, 1);
	for (int i = 0; i < 30; i++) {
		clock_advance(60000);
		rate_accepted(&rate, clock_now());
	}
	assert_int_equal((int)rate.allowed, 0); /* no limit again */
}

static void test_rate_limit(void **state)
{
	struct rate rate;
	int sent = 0;

	(void)state;
	rate_init(&rate, 30);
	for (int ms = 0; ms < 10000; ms++) {
		while (!rate_wait(&rate)) {
			rate_spend(&rate);
			sent++;
		}
		clock_advance(1);
	}
	assert_in_range(sent, 295, 301);
}

static void test_rate_limit_tells_when_ready(void **state)
{
	struct fixture *f = *state;
	unsigned ready;

	f->config.rate = 10;
	fixture_remake(f);
	fixture_bind(f);
	submitted(f, 1);
	ready = f->ready;
	assert_int_equal(fixture_submit(f, 2), ERR_LIMIT);
	timers_advance(99);
	assert_int_equal(f->ready, ready);
	timers_advance(1);
	assert_int_equal(f->ready, ready + 1);
	submitted(f, 2);
}

static void test_submit_that_cannot_be_sent(void **state)
{
	struct fixture *f = *state;
	struct submit submit = {.message = {.octets = (const uint8_t *)"x", .length = 1}};

	fixture_bind(f);
	copy_string(submit.message.destination.digits, sizeof(submit.message.destination.digits),
		"123456789012345678901");
	assert_int_equal(link_submit(f->link, &submit, 1), ERR_RANGE);
	assert_int_equal(status_of(f).window_used, 0);
	assert_int_equal(submitted(f, 2), 2); /* and no number was lost */
}

static void test_proof_of_acknowledgement(void **state)
{
	struct fixture *f = *state;
	uint32_t before, after;

	fixture_bind(f);
	before = submitted(f, 1);
	fixture_deliver(f, 1, "41");
	fixture_ack(f, ESME_ROK, 0x11);
	peer_expect(&f->peer, SMPP_DELIVER_SM | SMPP_RESPONSE);
	after = submitted(f, 2);
	fixture_deliver(f, 2, "42");
	fixture_ack(f, ESME_ROK, 0x22);
	fixture_deliver(f, 3, "43");
	fixture_ack(f, ESME_RX_T_APPN, 0x33); /* only ESME_ROK matters */
	peer_send(&f->peer, SUBMIT_RESP, 0, before, "3100");
	assert_int_equal(f->proven, 0); /* sent before the acknowledgement: says nothing */
	peer_send(&f->peer, SUBMIT_RESP, 0, after, "3100");
	assert_int_equal(f->proven, 1);
	assert_int_equal(f->token, 0x11);
	while (peer_next(&f->peer))
		;
	timers_advance(1000);
	peer_send(&f->peer, SMPP_ENQUIRE_LINK | SMPP_RESPONSE, 0,
		peer_expect(&f->peer, SMPP_ENQUIRE_LINK), "");
	assert_int_equal(f->proven, 2);
	assert_int_equal(f->token, 0x22);
	timers_advance(5000);
	assert_false(peer_next(&f->peer)); /* nothing is left to prove */
}

static void test_slow_acknowledgement_proves_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_bind(f);
	fixture_deliver(f, 1, "41");
	timers_advance(2001);
	fixture_ack(f, ESME_ROK, 0x11);
	peer_expect(&f->peer, SMPP_DELIVER_SM | SMPP_RESPONSE);
	answer(f, 1, ESME_ROK, "3100", SUBMIT_SENT);
	assert_int_equal(f->proven, 0);
	fixture_deliver(f, 2, "41");
	fixture_ack(f, ESME_ROK, 0x22);
	peer_hang_up(&f->peer); /* nor does a connection that ends */
	assert_int_equal(f->proven, 0);
}

static void test_receipts(void **state)
{
	struct fixture *f = *state;

	fixture_bind(f);
	peer_send(&f->peer, SMPP_DELIVER_SM, 0, 9,
		"00 0101 3100 0101 3200 04 00 00 00 00 00 00 00 00"
		"16 69643a3939204141 20737461743a44454c49565244 20");
	assert_int_equal(f->receipts, 1);
	assert_string_equal(f->receipt_id, "99");
	assert_int_equal(f->delivers, 0);
	fixture_ack(f, ESME_ROK, 0);
	assert_int_equal(peer_expect(&f->peer, SMPP_DELIVER_SM | SMPP_RESPONSE), 9);
	peer_send(&f->peer, SMPP_DELIVER_SM, 0, 10,
		"00 0101 3100 0101 3200 20 00 00 00 00 00 00 00 00 00");
	assert_int_equal(f->receipts, 2);
	assert_string_equal(f->receipt_id, "");
}

static void test_back_pressure(void **state)
{
	struct fixture *f = *state;

	f->config.receive_window = 3;
	fixture_remake(f);
	fixture_bind(f);
	for (uint32_t i = 1; i <= 5; i++)
		fixture_deliver(f, i, "41");
	assert_int_equal(f->delivers, 3); /* the rest waits in the socket */
	assert_int_equal(status_of(f).unacknowledged, 3);
	assert_int_equal(link_ack(f->link, f->generation, 2, ESME_ROK, NULL), OK);
	peer_pump(&f->peer);
	assert_int_equal(f->delivers, 4);
	link_pause_reading(f->link);
	assert_int_equal(link_ack(f->link, f->generation, 1, ESME_ROK, NULL), OK);
	peer_pump(&f->peer);
	assert_int_equal(f->delivers, 4);
	link_resume_reading(f->link);
	peer_pump(&f->peer);
	assert_int_equal(f->delivers, 5);
	link_pause_reading(f->link);
	fixture_deliver(f, 6, "41");
	link_stop(f->link); /* must still hear the answer to its unbind */
	while (peer_next(&f->peer) && f->peer.pdu.command != SMPP_UNBIND)
		;
	peer_send(&f->peer, SMPP_UNBIND | SMPP_RESPONSE, 0, f->peer.pdu.sequence, "");
	assert_int_equal(f->state, LINK_STOPPED);
	assert_int_equal(f->delivers, 5);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_results),
		TEST(test_window_and_order),
		TEST(test_no_response_is_unsure),
		TEST(test_late_response_in_the_socket_counts),
		TEST(test_what_has_not_left_is_not_overdue),
		TEST(test_throttling_holds_the_link),
		TEST(test_hold_ends_at_a_minute),
		TEST(test_rate_limit),
		TEST(test_rate_limit_tells_when_ready),
		TEST(test_submit_that_cannot_be_sent),
		TEST(test_proof_of_acknowledgement),
		TEST(test_slow_acknowledgement_proves_nothing),
		TEST(test_receipts),
		TEST(test_back_pressure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
