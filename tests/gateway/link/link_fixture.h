/* A link, its peer, and everything that the link told: shared by the tests of links. */
#ifndef TESTS_GATEWAY_LINK_LINK_FIXTURE_H
#define TESTS_GATEWAY_LINK_LINK_FIXTURE_H

#include "gateway/link/smpp_link.h"
#include "gateway/link/smpp_link_status.h"
#include "tests/gateway/link/smsc_peer.h"

struct fixture {
	struct event_base *base;
	struct peer peer;
	struct link *link;
	struct link_config config;
	/* what the link told */
	unsigned delivers, receipts, results, ready, proven;
	enum link_state state;
	uint64_t generation;
	uint32_t sequence; /* of the newest message */
	char text[300], source[66], receipt_id[66], message_id[66];
	uint64_t cookie;
	struct submit_result result;
	unsigned outcomes[5];
	unsigned char token; /* first octet of the newest proven one */
};

/* cmocka's setup and teardown: *state is a struct fixture with a link that is not started. */
int fixture_setup(void **state);
int fixture_setup_pair(void **state);
int fixture_teardown(void **state);

void fixture_remake(struct fixture *f); /* a new link by f->config */
void fixture_bind(struct fixture *f); /* starts the link and lets the transceiver bind succeed */
int fixture_submit(struct fixture *f, uint64_t cookie);
void fixture_deliver(struct fixture *f, uint32_t sequence,
	const char *text_hex); /* text of one octet pair each */
void fixture_ack(struct fixture *f, uint32_t status, unsigned char token);

#endif
