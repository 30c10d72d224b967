/* One [smsc …] section = one link to an operator: it connects, binds, keeps alive, reconnects,
 * throttles.
 *
 * Loop thread only. Messages go up through struct link_handler, submits come down through
 * link_submit(). A link is one session (transceiver) or two (transmitter + receiver); each
 * connection has its own generation, never used twice. No callback frees the link; link_submit and
 * link_ack are legal inside every callback. The program ignores SIGPIPE. */
#ifndef GATEWAY_SMPP_LINK_H
#define GATEWAY_SMPP_LINK_H

#include "gateway/link/smpp_link_config.h"
#include "gateway/link/smpp_link_handler.h"

struct event_base;
struct evdns_base;
struct link;

/* *handler is copied; dns may be NULL: names are then resolved while the loop waits. */
struct link *link_new(struct event_base *base, struct evdns_base *dns,
	const struct link_config *config, const struct link_handler *handler);
void link_free(struct link *link); /* closes at once; outstanding submits are reported unsure */
void link_start(struct link *link);
void link_stop(struct link *link); /* unbinds, within 5 s; then state LINK_STOPPED */

const char *link_name(const struct link *link);
/* Of a pair: that of the session that is further behind. */
enum link_state link_state(const struct link *link);

/* Sends one submit_sm. 0: on_submit_result follows exactly once. ERR_LIMIT: window, rate or a
 * pause; on_ready follows. ERR_STATE: not bound for sending; on_ready follows. ERR_RANGE: a field
 * cannot be sent, ever. */
int link_submit(struct link *link, const struct submit *submit, uint64_t cookie) MUST_CHECK;

/* Answers a message. token (ACK_TOKEN octets, copied) comes back in on_ack_proven; NULL: no proof wanted.
 * ERR_NOT_FOUND: that session is gone or the sequence is not waiting; nothing was sent. */
int link_ack(struct link *link, uint64_t generation, uint32_t sequence, uint32_t status,
	const unsigned char *token);

/* Nothing is submitted while it is held: link_submit says ERR_STATE, on_ready follows the end. */
void link_hold(struct link *link, bool on);

bool link_has(const struct link *link, uint64_t generation); /* is that connection still there? */
/* Back-pressure: the socket is not read (TCP tells the SMSC) until resumed. Not counted. */
void link_pause_reading(struct link *link);
void link_resume_reading(struct link *link);

#endif
