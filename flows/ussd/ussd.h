/* One step of a USSD session: what a person dialled or typed, and the screen that comes back.
 *
 * As in flow.h everything happens in the open batch. The session lives in the store, so that a
 * restart between two steps is not noticed. The screen is put as a claimed row of the outbox, kind
 * "ussd" (it waits for an answer) or "ussd-end" (the last one).
 */
#ifndef FLOWS_USSD_H
#define FLOWS_USSD_H

#include "flows/turn/flow_context.h"

struct outbox;

enum ussd_event {
	USSD_NONE, /* nothing that a person did: no effect, no screen */
	USSD_BEGIN, /* dialled; the message's text is the whole code with its shortcuts */
	USSD_ANSWER,
	USSD_ABORT, /* cut off, by the person or the network */
};

struct ussd_step {
	enum ussd_event event;
	const char *session; /* what names the session beside link and phone; "" */
	const char *echo; /* what the screens must carry to belong to it; "" */
	const char *code; /* our code as configured, "*355#"; "" */
	/* of the message, DIGEST_SIZE octets: an answered screen proves it received */
	const unsigned char *digest;
	int septets; /* room of a screen */
	int user_seconds, session_seconds;
};

int flow_ussd(
	struct flow *flow, struct flow_message *message, const struct ussd_step *step) MUST_CHECK;

/* The last screen of a step whose flow failed. A begin that fails takes its session away, so that
 * the next may go. */
int flow_ussd_apologise(
	struct flow *flow, struct flow_message *message, const struct ussd_step *step) MUST_CHECK;

/* The answer that the session waits for must not be written down (a PIN). */
int flow_ussd_secret(struct flow *flow, const struct flow_message *message,
	const struct ussd_step *step, bool *secret) MUST_CHECK;

/* This screen could not be shown: its session is dead, a report begun in it is kept. */
int flow_ussd_lost(struct flow *flow, const struct outbox *screen) MUST_CHECK;

#endif
