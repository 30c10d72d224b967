/* See link_fixture.h. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <event2/event.h>

#include "gateway/link/smpp_acks.h"
#include "gateway/link/smpp_backoff.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "tests/gateway/link/link_fixture.h"

static void on_deliver(void *user, const struct deliver *deliver)
{
	struct fixture *f = user;
	size_t length = deliver->message->length;

	f->delivers++;
	f->generation = deliver->generation;
	f->sequence = deliver->sequence;
	assert_true(length < sizeof(f->text));
	memcpy(f->text, deliver->message->octets, length);
	f->text[length] = '\0';
	copy_string(f->source, sizeof(f->source), deliver->message->source.digits);
}

static void on_receipt(void *user, const struct deliver *deliver, const struct receipt *receipt)
{
	struct fixture *f = user;

	f->receipts++;
	f->generation = deliver->generation;
	f->sequence = deliver->sequence;
	copy_string(f->receipt_id, sizeof(f->receipt_id), receipt ? receipt->id : "");
}

static void on_submit_result(
	void *user, struct link *link, uint64_t cookie, const struct submit_result *result)
{
	struct fixture *f = user;

	(void)link;
	f->results++;
	f->cookie = cookie;
	f->result = *result;
	f->outcomes[result->outcome]++;
	copy_string(f->message_id, sizeof(f->message_id), result->message_id);
}

static void on_ready(void *user, struct link *link)
{
	struct fixture *f = user;

	(void)link;
	f->ready++;
}

static void on_state(void *user, struct link *link, enum link_state state)
{
	struct fixture *f = user;

	(void)link;
	f->state = state;
}

static void on_ack_proven(void *user, struct link *link, const unsigned char *token)
{
	struct fixture *f = user;

	(void)link;
	f->proven++;
	f->token = token[0];
}

static uint32_t no_jitter(uint32_t bound)
{
	(void)bound;
	return 0;
}

void fixture_remake(struct fixture *f)
{
	const struct link_handler handler = {f, on_deliver, on_receipt, on_submit_result, on_ready,
		on_state, on_ack_proven};

	link_free(f->link);
	f->link = link_new(f->base, NULL, &f->config, &handler);
}

static int setup(void **state, bool pair)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	signal(SIGPIPE, SIG_IGN);
	log_set_quiet(true);
	clock_freeze(1767225600000);
	backoff_set_random(no_jitter);
	f->base = event_base_new();
	peer_open(&f->peer, f->base);
	f->config = (struct link_config){.name = "uji", .host = "127.0.0.1", .port = f->peer.port,
		.system_id = "kabar", .password = "rahasia", .window = 2, .pair = pair};
	fixture_remake(f);
	*state = f;
	return 0;
}

int fixture_setup(void **state)
{
	return setup(state, false);
}

int fixture_setup_pair(void **state)
{
	return setup(state, true);
}

int fixture_teardown(void **state)
{
	struct fixture *f = *state;

	link_free(f->link);
	peer_close(&f->peer);
	event_base_free(f->base);
	backoff_set_random(NULL);
	clock_thaw();
	free(f);
	return 0;
}

void fixture_bind(struct fixture *f)
{
	link_start(f->link);
	assert_true(peer_accept(&f->peer));
	peer_send(&f->peer, SMPP_BIND_TRANSCEIVER | SMPP_RESPONSE, ESME_ROK,
		peer_expect(&f->peer, SMPP_BIND_TRANSCEIVER), "534d534300");
	assert_int_equal(link_state(f->link), LINK_BOUND);
}

int fixture_submit(struct fixture *f, uint64_t cookie)
{
	struct submit submit = {
		.message = {.octets = (const uint8_t *)"Terima kasih", .length = 12}};

	copy_string(submit.message.source.digits, sizeof(submit.message.source.digits), "2255");
	copy_string(submit.message.destination.digits, sizeof(submit.message.destination.digits),
		"628123");
	return link_submit(f->link, &submit, cookie);
}

void fixture_deliver(struct fixture *f, uint32_t sequence, const char *text_hex)
{
	char body[1024];

	snprintf(body, sizeof(body),
		"00 01 01 363238313233 00 00 01 32323535 00 00 00 00 00 00 00 00 00 00 %02x %s",
		(unsigned)(strlen(text_hex) / 2), text_hex);
	peer_send(&f->peer, SMPP_DELIVER_SM, ESME_ROK, sequence, body);
}

void fixture_ack(struct fixture *f, uint32_t status, unsigned char token)
{
	unsigned char octets[ACK_TOKEN] = {token};

	assert_int_equal(link_ack(f->link, f->generation, f->sequence, status, octets), OK);
}
