/* A link through its life: bind, keep alive, lose, come back, stop. Virtual clock, loopback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gateway/os/clock.h"
#include "gateway/os/timer.h"
#include "tests/gateway/link/link_fixture.h"

#define BIND_RESP (SMPP_BIND_TRANSCEIVER | SMPP_RESPONSE)

static struct link_status status_of(struct fixture *f)
{
	struct link_status status;

	link_status(f->link, &status);
	return status;
}

static void test_binds_and_takes_a_message(void **state)
{
	struct fixture *f = *state;

	link_start(f->link);
	assert_int_equal(f->state, LINK_CONNECTING);
	assert_true(peer_accept(&f->peer));
	assert_int_equal(f->state, LINK_BINDING);
	assert_int_equal(peer_expect(&f->peer, SMPP_BIND_TRANSCEIVER), 1);
	assert_string_equal(f->peer.pdu.u.bind.system_id, "kabar");
	assert_string_equal(f->peer.pdu.u.bind.password, "rahasia");
	assert_int_equal(f->peer.pdu.u.bind.interface_version, 0x34);
	assert_int_equal(fixture_submit(f, 1), ERR_STATE);
	fixture_deliver(f, 8, "41"); /* too early */
	peer_expect(&f->peer, SMPP_DELIVER_SM | SMPP_RESPONSE);
	assert_int_equal(f->peer.pdu.status, ESME_RINVBNDSTS);
	peer_send(&f->peer, SMPP_ENQUIRE_LINK, 0, 9, ""); /* answered in any state */
	assert_int_equal(peer_expect(&f->peer, SMPP_ENQUIRE_LINK | SMPP_RESPONSE), 9);
	peer_send(&f->peer, BIND_RESP, ESME_ROK, 1, "534d534300");
	assert_int_equal(f->state, LINK_BOUND);
	assert_int_equal(f->ready, 1);
	fixture_deliver(f, 0x7FFFFFFF, "4c2053697469");
	assert_int_equal(f->delivers, 1);
	assert_string_equal(f->text, "L Siti");
	assert_string_equal(f->source, "628123");
	assert_false(peer_next(&f->peer)); /* no acknowledgement of its own accord */
	fixture_ack(f, ESME_ROK, 1);
	assert_int_equal(peer_expect(&f->peer, SMPP_DELIVER_SM | SMPP_RESPONSE), 0x7FFFFFFF);
	assert_int_equal(f->peer.pdu.status, ESME_ROK);
	assert_int_equal(
		link_ack(f->link, f->generation, f->sequence, ESME_ROK, NULL), ERR_NOT_FOUND);
	assert_int_equal(status_of(f).received, 1);
}

static void test_data_sm_and_several_in_one_segment(void **state)
{
	struct fixture *f = *state;

	fixture_bind(f);
	peer_send(&f->peer, SMPP_DATA_SM, 0, 4, "00 0101 3100 0101 3200 00 00 00 0424 0002 4869");
	assert_string_equal(f->text, "Hi");
	fixture_ack(f, ESME_RX_T_APPN, 0);
	assert_int_equal(peer_expect(&f->peer, SMPP_DATA_SM | SMPP_RESPONSE), 4);
	assert_int_equal(f->peer.pdu.status, ESME_RX_T_APPN);
	peer_send_raw(&f->peer,
		"00000010 00000015 00000000 00000005 00000010 00000015 00000000 00000006 000000");
	assert_int_equal(peer_expect(&f->peer, SMPP_ENQUIRE_LINK | SMPP_RESPONSE), 5);
	assert_int_equal(peer_expect(&f->peer, SMPP_ENQUIRE_LINK | SMPP_RESPONSE), 6);
	peer_send_raw(&f->peer, "10 00000015 00000000 00000007");
	assert_int_equal(peer_expect(&f->peer, SMPP_ENQUIRE_LINK | SMPP_RESPONSE), 7);
}

static void test_malformed_requests_get_their_status(void **state)
{
	struct fixture *f = *state;

	fixture_bind(f);
	peer_send(&f->peer, SMPP_DELIVER_SM, 0, 11, "4142");
	peer_expect(&f->peer, SMPP_DELIVER_SM | SMPP_RESPONSE);
	assert_int_equal(f->peer.pdu.status, ESME_RINVCMDLEN);
	peer_send(&f->peer, 0x21, 0, 12, "00");
	assert_int_equal(peer_expect(&f->peer, SMPP_GENERIC_NACK), 12);
	assert_int_equal(f->peer.pdu.status, ESME_RINVCMDID);
	peer_send(&f->peer, SMPP_BIND_RECEIVER, 0, 13, "3100 00 00 34 00 00 00");
	peer_expect(&f->peer, SMPP_BIND_RECEIVER | SMPP_RESPONSE);
	assert_int_equal(f->peer.pdu.status, ESME_RINVBNDSTS);
	peer_send(&f->peer, SMPP_ALERT_NOTIFICATION, 0, 14, "00");
	peer_send(&f->peer, SMPP_OUTBIND, 0, 15, "ff");
	peer_send(&f->peer, 0x80000333, 0, 16, "ff");
	peer_send(&f->peer, SMPP_SUBMIT_SM | SMPP_RESPONSE, 0, 99, "3100");
	peer_send(&f->peer, SMPP_GENERIC_NACK, ESME_RSYSERR, 0, "");
	assert_false(peer_next(&f->peer));
	assert_int_equal(f->state, LINK_BOUND);
	assert_int_equal(status_of(f).malformed, 3);
	assert_int_equal(status_of(f).unknown_responses, 3);
	assert_int_equal(f->delivers, 0);
	peer_send_raw(&f->peer, "0000000f 00000015");
	assert_int_equal(f->state, LINK_WAITING);
	peer_expect(&f->peer, SMPP_GENERIC_NACK);
	assert_int_equal(f->peer.pdu.status, ESME_RINVCMDLEN);
	assert_true(peer_hung_up(&f->peer));
}

static void test_half_open_is_found_within_45_seconds(void **state)
{
	struct fixture *f = *state;

	fixture_bind(f);
	timers_advance(29999);
	assert_false(peer_next(&f->peer));
	timers_advance(1);
	peer_send(&f->peer, SMPP_ENQUIRE_LINK | SMPP_RESPONSE, 0,
		peer_expect(&f->peer, SMPP_ENQUIRE_LINK), "");
	timers_advance(30000);
	peer_expect(&f->peer, SMPP_ENQUIRE_LINK);
	timers_advance(9999);
	assert_int_equal(f->state, LINK_BOUND);
	timers_advance(1);
	assert_int_equal(f->state, LINK_WAITING);
	assert_true(peer_hung_up(&f->peer));
	timers_advance(1000);
	assert_int_equal(f->state, LINK_CONNECTING);
	assert_true(peer_accept(&f->peer));
	assert_int_equal(peer_expect(&f->peer, SMPP_BIND_TRANSCEIVER), 1);
}

static void refuse_bind(struct fixture *f, uint32_t status)
{
	assert_true(peer_accept(&f->peer));
	peer_send(&f->peer, BIND_RESP, status, peer_expect(&f->peer, SMPP_BIND_TRANSCEIVER), "");
	assert_int_equal(f->state, LINK_WAITING);
}

static void test_back_off(void **state)
{
	static const int waits[] = {1000, 1000, 2000, 4000, 8000, 16000, 30000, 30000};
	struct fixture *f = *state;

	link_start(f->link);
	for (size_t i = 0; i < COUNT_OF(waits); i++) {
		refuse_bind(f, ESME_RSYSERR);
		timers_advance(waits[i] - 1);
		assert_int_equal(f->state, LINK_WAITING);
		timers_advance(1);
		assert_int_equal(f->state, LINK_CONNECTING);
	}
	refuse_bind(f, ESME_RALYBND);
	timers_advance(29999);
	assert_int_equal(f->state, LINK_WAITING);
	timers_advance(1);
	refuse_bind(f, ESME_RINVPASWD);
	assert_true(status_of(f).bad_credentials);
	assert_int_equal(status_of(f).bind_status, ESME_RINVPASWD);
	timers_advance(299999);
	assert_int_equal(f->state, LINK_WAITING);
	timers_advance(1);
	assert_true(peer_accept(&f->peer));
	peer_send(
		&f->peer, BIND_RESP, ESME_ROK, peer_expect(&f->peer, SMPP_BIND_TRANSCEIVER), "00");
	assert_int_equal(f->state, LINK_BOUND);
	assert_false(status_of(f).bad_credentials);
	timers_advance(10000); /* long enough: from here it is the first loss again */
	peer_hang_up(&f->peer);
	assert_int_equal(f->state, LINK_WAITING);
	timers_advance(1000);
	assert_int_equal(f->state, LINK_CONNECTING);
}

static void test_a_bind_that_fails_again_and_again(void **state)
{
	static const int waits[] = {1000, 1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000,
		150000, 150000};
	struct fixture *f = *state;

	link_start(f->link);
	for (size_t i = 0; i < COUNT_OF(waits); i++) {
		refuse_bind(f, ESME_RBINDFAIL);
		timers_advance(waits[i] - 1);
		assert_int_equal(f->state, LINK_WAITING);
		timers_advance(1);
		assert_int_equal(f->state, LINK_CONNECTING);
	}
}

static void test_silence_while_connecting_and_binding(void **state)
{
	struct fixture *f = *state;

	link_start(f->link);
	assert_true(peer_accept(&f->peer));
	peer_expect(&f->peer, SMPP_BIND_TRANSCEIVER);
	timers_advance(29999);
	assert_int_equal(f->state, LINK_BINDING);
	assert_false(peer_next(&f->peer)); /* no enquire_link before bound */
	timers_advance(1);
	assert_int_equal(f->state, LINK_WAITING);
	timers_advance(1000);
	assert_int_equal(f->state, LINK_CONNECTING);
	timers_advance(10000); /* the loop never ran: nothing connected */
	assert_int_equal(f->state, LINK_WAITING);
	f->config.port = 1; /* refused at once */
	fixture_remake(f);
	link_start(f->link);
	peer_pump(&f->peer);
	assert_int_equal(f->state, LINK_WAITING);
	f->config.host = "tidak ada";
	fixture_remake(f);
	link_start(f->link);
	peer_pump(&f->peer);
	assert_int_equal(f->state, LINK_WAITING);
}

static void test_smsc_unbinds(void **state)
{
	struct fixture *f = *state;

	fixture_bind(f);
	assert_int_equal(fixture_submit(f, 7), OK);
	uint32_t submit = peer_expect(&f->peer, SMPP_SUBMIT_SM);
	peer_send(&f->peer, SMPP_UNBIND, 0, 3, "");
	assert_int_equal(peer_expect(&f->peer, SMPP_UNBIND | SMPP_RESPONSE), 3);
	assert_int_equal(f->state, LINK_UNBINDING);
	assert_int_equal(fixture_submit(f, 8), ERR_STATE);
	fixture_deliver(f, 4, "41");
	assert_int_equal(f->delivers, 0);
	peer_send(&f->peer, SMPP_SUBMIT_SM | SMPP_RESPONSE, 0, submit, "3100"); /* may still come */
	assert_int_equal(f->outcomes[SUBMIT_SENT], 1);
	assert_true(peer_hung_up(&f->peer));
	assert_int_equal(f->state, LINK_WAITING);
}

static void test_stop_unbinds(void **state)
{
	struct fixture *f = *state;

	fixture_bind(f);
	link_stop(f->link);
	assert_int_equal(f->state, LINK_UNBINDING);
	peer_send(&f->peer, SMPP_UNBIND | SMPP_RESPONSE, 0, peer_expect(&f->peer, SMPP_UNBIND), "");
	assert_int_equal(f->state, LINK_STOPPED);
	assert_true(peer_hung_up(&f->peer));
	timers_advance(3600000);
	assert_int_equal(f->state, LINK_STOPPED);
	fixture_bind(f);
	link_stop(f->link);
	timers_advance(5000); /* nobody answers */
	assert_int_equal(f->state, LINK_STOPPED);
	link_start(f->link);
	link_stop(f->link);
	assert_int_equal(f->state, LINK_STOPPED);
}

static void test_stale_acknowledgement_is_dropped(void **state)
{
	struct fixture *f = *state;

	fixture_bind(f);
	fixture_deliver(f, 5, "41");
	peer_hang_up(&f->peer);
	assert_int_equal(link_ack(f->link, f->generation, 5, ESME_ROK, NULL), ERR_NOT_FOUND);
	timers_advance(1000);
	assert_true(peer_accept(&f->peer));
	peer_send(
		&f->peer, BIND_RESP, ESME_ROK, peer_expect(&f->peer, SMPP_BIND_TRANSCEIVER), "00");
	uint64_t old = f->generation;
	fixture_deliver(f, 5, "41"); /* the same number on the new connection */
	assert_true(f->generation != old);
	assert_int_equal(link_ack(f->link, old, 5, ESME_ROK, NULL), ERR_NOT_FOUND);
	assert_false(peer_next(&f->peer));
	assert_int_equal(status_of(f).stale_acks, 2);
	fixture_ack(f, ESME_ROK, 1);
	peer_expect(&f->peer, SMPP_DELIVER_SM | SMPP_RESPONSE);
}

static void test_pair_of_sessions(void **state)
{
	struct fixture *f = *state;
	struct peer *rx = &f->peer;

	link_start(f->link);
	assert_true(peer_accept(&f->peer));
	uint32_t bind = peer_expect(&f->peer, SMPP_BIND_TRANSMITTER);
	peer_send(&f->peer, SMPP_BIND_TRANSMITTER | SMPP_RESPONSE, 0, bind, "00");
	assert_int_equal(link_state(f->link), LINK_BINDING); /* the receiver is behind */
	assert_int_equal(fixture_submit(f, 5), OK);
	peer_expect(&f->peer, SMPP_SUBMIT_SM);
	int tx = f->peer.fd;
	f->peer.fd = -1; /* keep it open */
	assert_true(peer_accept(rx));
	peer_send(rx, SMPP_BIND_RECEIVER | SMPP_RESPONSE, 0, peer_expect(rx, SMPP_BIND_RECEIVER),
		"00");
	assert_int_equal(link_state(f->link), LINK_BOUND);
	fixture_deliver(f, 1, "41");
	assert_int_equal(f->delivers, 1);
	fixture_ack(f, ESME_ROK, 3);
	peer_expect(rx, SMPP_DELIVER_SM | SMPP_RESPONSE);
	timers_advance(1000); /* nothing of ours would ever be answered here: ask for proof */
	peer_send(rx, SMPP_ENQUIRE_LINK | SMPP_RESPONSE, 0, peer_expect(rx, SMPP_ENQUIRE_LINK), "");
	assert_int_equal(f->proven, 1);
	peer_hang_up(rx);
	assert_int_equal(link_state(f->link), LINK_WAITING);
	f->peer.fd = tx;
	link_stop(f->link);
	assert_int_equal(f->state, LINK_UNBINDING); /* not stopped before the last one is */
	peer_expect(&f->peer, SMPP_UNBIND);
	peer_hang_up(&f->peer);
	assert_int_equal(f->state, LINK_STOPPED);
	assert_int_equal(f->outcomes[SUBMIT_UNSURE], 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_binds_and_takes_a_message),
		TEST(test_data_sm_and_several_in_one_segment),
		TEST(test_malformed_requests_get_their_status),
		TEST(test_half_open_is_found_within_45_seconds),
		TEST(test_back_off),
		TEST(test_a_bind_that_fails_again_and_again),
		TEST(test_silence_while_connecting_and_binding),
		TEST(test_smsc_unbinds),
		TEST(test_stop_unbinds),
		TEST(test_stale_acknowledgement_is_dropped),
		cmocka_unit_test_setup_teardown(
			test_pair_of_sessions, fixture_setup_pair, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
