/* The simulated operator: listens for SMPP clients, delivers messages to them, takes their submits.
 *
 * Like a real one it keeps a message until it is acknowledged: after a lost session, a time-out or
 * a temporary refusal the same octets go again. Loop thread only; timers_attach() comes first.
 */
#ifndef TOOLS_SMSC_SERVER_H
#define TOOLS_SMSC_SERVER_H

#include "gateway/smpp/smpp_pdu.h"

struct event_base;
struct smsc;

struct smsc_options { /* strings must outlive the server */
	const char *address; /* "127.0.0.1" */
	int port; /* 0: any free one */
	const char *system_id, *password; /* what a client must bind with; NULL: anything */
	size_t window; /* deliver_sm outstanding per session */
};

/* What the operator does wrong, or slowly; may be changed at any time. */
struct smsc_faults {
	unsigned throttle; /* so many submits to come get ESME_RTHROTTLED */
	unsigned refuse; /* so many get ESME_RSYSERR */
	/* the connection dies unanswered at the so many-th submit from now; 0: never */
	unsigned drop_after;
	int64_t answer_delay_ms; /* submit_sm_resp come so late */
	bool duplicate; /* every message is delivered twice */
};

struct smsc_handler {
	void *user;
	void (*on_event)(void *user, const char *text); /* who came and went, for people */
	/* a message that was taken */
	void (*on_submit)(void *user, const struct pdu *pdu, const char *message_id);
	/* A delivery got its answer (cookie 0: a receipt or a duplicate); after a temporary refusal
	 * it goes again. latency: from its first sending. */
	void (*on_answer)(void *user, uint64_t cookie, uint32_t status, int64_t latency_us);
	void (*on_receivers)(void *user, size_t count); /* so many sessions take messages now */
};

/* ERR_SYSTEM: cannot listen; errno says why. */
int smsc_new(struct smsc **out, struct event_base *base, const struct smsc_options *options,
	const struct smsc_handler *handler) MUST_CHECK;
void smsc_free(struct smsc *smsc);
int smsc_port(const struct smsc *smsc);
struct smsc_faults *smsc_faults(struct smsc *smsc);

/* Queues a deliver_sm. ERR_RANGE: a field does not fit. */
int smsc_deliver(struct smsc *smsc, const struct pdu_message *message, const struct tlv_list *tlvs,
	uint64_t cookie) MUST_CHECK;
/* The last delivery once more, octet for octet (but for the sequence number). ERR_NOT_FOUND: there
 * is none. */
int smsc_deliver_again(struct smsc *smsc, uint64_t cookie) MUST_CHECK;
void smsc_drop(struct smsc *smsc); /* closes all connections without a word */
void smsc_unbind(struct smsc *smsc);
size_t smsc_receivers(const struct smsc *smsc);
size_t smsc_undelivered(const struct smsc *smsc); /* waiting or unanswered */

#endif
