/* Inside of a link: one connection to the SMSC and its states. Only smpp_*.c files include this:
 * smpp_session.c (states, timeouts, opening and closing), smpp_socket.c and smpp_outbind.c (TCP
 * options, TLS; the SMSC calls; see smpp_socket.h), smpp_stream.c (octets, back-pressure),
 * smpp_dispatch.c (what a PDU means), smpp_link.c (public). */
#ifndef GATEWAY_SMPP_SESSION_H
#define GATEWAY_SMPP_SESSION_H

#include "gateway/link/smpp_acks.h"
#include "gateway/link/smpp_backoff.h"
#include "gateway/link/smpp_link_status.h"
#include "gateway/link/smpp_rate.h"
#include "gateway/link/smpp_window.h"
#include "gateway/os/listener.h"
#include "gateway/os/timer.h"

struct bufferevent;
struct evconnlistener;
struct ssl_ctx_st;

enum session_event {
	EVENT_START, EVENT_DUE, EVENT_CONNECTED, EVENT_BOUND, EVENT_LOST, EVENT_PEER_UNBOUND,
	EVENT_UNBIND, EVENT_STOP, EVENT_AWAIT, EVENT_OUTBIND,
};

struct session {
	struct link *link;
	const char *subject; /* for the log: "link telkomsel", "link telkomsel/rx" */
	uint32_t bind_command;
	bool called; /* it does not connect: the SMSC does, with an outbind */
	enum link_state state; /* written by session_event() only */
	bool stopping; /* link_stop was called: do not come back */
	uint64_t generation; /* of this connection; 0: none */
	struct bufferevent *bev;
	bool blocked; /* the socket is not read for now */
	struct window *window;
	struct acks *acks;
	struct backoff backoff;
	enum backoff_reason reason; /* why the next wait is as long as it is */
	struct timer timer; /* of the state */
	struct timer kick; /* reads on what is buffered */
	struct timer probe; /* asks for proof of reception */
	uint64_t order; /* PDUs written in this connection */
	uint64_t last_request; /* order of the newest request */
	int64_t bound_ms, last_in_ms;
	uint8_t *frame; /* the PDU that is looked at */
};

struct link {
	struct link_config config;
	struct link_handler handler;
	struct event_base *base;
	struct evdns_base *dns;
	struct ssl_ctx_st *tls;
	struct session sessions[2]; /* the first one sends */
	size_t count;
	struct rate rate;
	struct evconnlistener *listener; /* for outbind */
	struct listener_guard guard;
	struct bufferevent *caller; /* connected, did not say outbind yet */
	struct timer caller_timer;
	struct timer ready; /* the rate or a hold allows the next submit */
	bool wants_ready, stopping, paused;
	enum link_state told; /* by on_state */
	struct link_status status;
	uint8_t *out;
	char *subjects[2];
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
