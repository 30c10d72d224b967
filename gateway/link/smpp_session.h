/* Inside of a link: what its files do to each other. Only smpp_*.c files include this:
 * smpp_session.c (states, timeouts, opening and closing), smpp_socket.c and smpp_outbind.c (TCP
 * options, TLS; the SMSC calls; see smpp_socket.h), smpp_stream.c (octets, back-pressure),
 * smpp_dispatch.c (what a PDU means), smpp_link.c (public). */
#ifndef GATEWAY_SMPP_SESSION_H
#define GATEWAY_SMPP_SESSION_H

#include "gateway/link/smpp_link_state.h"

enum session_event {
	EVENT_START, EVENT_DUE, EVENT_CONNECTED, EVENT_BOUND, EVENT_LOST, EVENT_PEER_UNBOUND,
	EVENT_UNBIND, EVENT_STOP, EVENT_AWAIT, EVENT_OUTBIND,
};

/* smpp_session.c */
void session_init(
	struct session *session, struct link *link, uint32_t bind_command, const char *subject);
void session_free(struct session *session);
/* The only way to another state. False (and a line in the log): not legal now. */
bool session_event(struct session *session, enum session_event event);
void session_adopt(struct session *session, struct bufferevent *bev); /* a new connection */
void session_lost(struct session *session, const char *why, enum backoff_reason reason);

/* smpp_stream.c */
void stream_start(
	struct session *session); /* of a new bufferevent: its callbacks; connects if it must */
void stream_write(struct session *session, const uint8_t *octets, size_t length);
void stream_unblock(struct session *session); /* reads on when nothing stands against it */
void stream_on_kick(void *context); /* of session->kick */
void stream_bare(struct session *session, uint32_t command, uint32_t status, uint32_t sequence);
/* A request without a body, noted in the window. */
void stream_ask(struct session *session, uint32_t command, uint64_t cookie, int64_t timeout_ms);

/* smpp_dispatch.c */
#define COOKIE_PROBE 1 /* an enquire_link for the sake of proof: no answer is no harm */
void link_dispatch(struct session *session, const struct pdu *pdu, int defect);
void dispatch_overdue(struct session *session, const struct request *request);

/* smpp_link.c */
void link_submitted(struct link *link, const struct request *request, uint32_t status,
	const char *message_id, bool unsure);
void link_changed(struct link *link); /* a session's state did */
void link_offer(struct link *link); /* calls on_ready when somebody waits and there is room */
uint64_t link_next_generation(void);

#endif
