/* What passes between a link and who uses it: messages up, submits down, results and states. */
#ifndef GATEWAY_SMPP_LINK_HANDLER_H
#define GATEWAY_SMPP_LINK_HANDLER_H

#include "gateway/smpp/smpp_pdu.h"
#include "gateway/smpp/smpp_receipt.h"

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
	void (*on_ack_proven)(void *user, struct link *link, const unsigned char *token);
};

#endif
