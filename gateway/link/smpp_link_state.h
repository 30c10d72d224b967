/* Inside of a link: the memory of one operator and of its one or two connections. Only smpp_*.c files
 * see it. */
#ifndef GATEWAY_SMPP_LINK_STATE_H
#define GATEWAY_SMPP_LINK_STATE_H

#include "gateway/link/smpp_acks.h"
#include "gateway/link/smpp_backoff.h"
#include "gateway/link/smpp_link_config.h"
#include "gateway/link/smpp_link_status.h"
#include "gateway/link/smpp_rate.h"
#include "gateway/link/smpp_window.h"
#include "gateway/os/listener.h"
#include "gateway/os/timer.h"

struct bufferevent;
struct evconnlistener;
struct ssl_ctx_st;

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
	struct pattern *receipt_form; /* NULL: none */
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
	bool wants_ready, stopping, paused, held;
	enum link_state told; /* by on_state */
	struct link_status status;
	uint8_t *out;
	char *subjects[2];
};

#endif
