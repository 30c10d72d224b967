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
#include "gateway/smpp/smpp_pdu.h"
#include "gateway/smpp/smpp_receipt.h"

struct event_base;
struct evdns_base;
struct link;

struct deliver { /* deliver_sm or data_sm; all views end with the callback */
	const char *link;
	uint64_t generation;
	uint32_t sequence, command;
	int64_t received_ms; /* clock_now() */
	const struct pdu_message *message; /* addresses, octets, esm_class, data_coding … */
	const struct tlv_list *tlvs;
};

struct submit {
	struct pdu_message message; /* longer than PDU_SHORT_MAX: as message_payload */
	const uint8_t *tlv_area; /* made with struct tlv_writer; NULL: none */
	size_t tlv_length;
};

enum submit_outcome {
	SUBMIT_SENT, /* the SMSC took it: message_id */
	SUBMIT_THROTTLED, /* not taken, link paused: the same row goes first at on_ready */
	SUBMIT_RETRY, /* refused for now: status says why; try later, a bounded number of times */
	SUBMIT_FAILED, /* refused for good */
	SUBMIT_UNSURE, /* no response, or the session died: it may have been taken */
};
struct submit_result {
	enum submit_outcome outcome;
	uint32_t status;
	const char *message_id; /* "" when none came */
};

enum link_state {
	LINK_STOPPED, LINK_WAITING, LINK_CONNECTING, LINK_BINDING, LINK_BOUND, LINK_UNBINDING,
};
const char *link_state_name(enum link_state state);

struct link_handler { /* on_deliver and on_submit_result are required */
	void *user;
	/* A person's message. Answer it once with link_ack(), now or later; copy what is needed. */
	void (*on_deliver)(void *user, const struct deliver *deliver);
	/* A delivery receipt, or what may be one (receipt->kind). Also to be acknowledged.
	 * Without it: on_deliver. */
	void (*on_receipt)(void *user, const struct deliver *deliver,
		const struct receipt *receipt);
	void (*on_submit_result)(void *user, struct link *link, uint64_t cookie,
		const struct submit_result *result);
	/* After ERR_LIMIT, ERR_STATE or SUBMIT_THROTTLED: there is room again. */
	void (*on_ready)(void *user, struct link *link);
	/* link_state() changed. */
	void (*on_state)(void *user, struct link *link, enum link_state state);
	/* The SMSC has surely seen the ESME_ROK that carried this token: a redelivery is
	 * impossible. */
	void (*on_ack_proven)(void *user, struct link *link, const unsigned char token[32]);
};

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

/* Answers a message. token (32 octets, copied) comes back in on_ack_proven; NULL: no proof wanted.
 * ERR_NOT_FOUND: that session is gone or the sequence is not waiting; nothing was sent. */
int link_ack(struct link *link, uint64_t generation, uint32_t sequence, uint32_t status,
	const unsigned char *token);

bool link_has(const struct link *link, uint64_t generation); /* is that connection still there? */
/* Back-pressure: the socket is not read (TCP tells the SMSC) until resumed. Not counted. */
void link_pause_reading(struct link *link);
void link_resume_reading(struct link *link);

#endif
