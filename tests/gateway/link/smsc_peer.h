/* An SMSC of a few lines for tests of links: the test says what it answers. Loopback, ephemeral
 * port, no waiting. */
#ifndef TESTS_GATEWAY_LINK_SMSC_PEER_H
#define TESTS_GATEWAY_LINK_SMSC_PEER_H

#include <stdbool.h>

#include "gateway/smpp/smpp_pdu.h"

struct event_base;

struct peer {
	struct event_base *base;
	int listener, fd; /* fd: the newest connection, -1: none */
	int port;
	uint8_t buffer[FRAME_MAX];
	size_t length;
	struct pdu pdu; /* of peer_expect */
	uint8_t frame[FRAME_MAX];
};

void peer_open(struct peer *peer, struct event_base *base);
void peer_close(struct peer *peer);

/* Runs the loop, and the timers that are due at the frozen moment, until nothing happens any
 * more. */
void peer_pump(struct peer *peer);
bool peer_accept(struct peer *peer); /* true: there was a connection */
void peer_hang_up(struct peer *peer);
bool peer_hung_up(
	struct peer *peer); /* the link closed the connection; drops what it said before */
/* The next PDU from the link into peer->pdu; false: there is none. */
bool peer_next(struct peer *peer);
/* Fails the test when the next PDU is not this one. Returns its sequence number. */
uint32_t peer_expect(struct peer *peer, uint32_t command);
void peer_send(struct peer *peer, uint32_t command, uint32_t status, uint32_t sequence,
	const char *body_hex);
void peer_send_raw(struct peer *peer, const char *hex);

#endif
