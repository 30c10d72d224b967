/* A row of the outbox in memory, on its way from the worker to a link. */
#ifndef GATEWAY_OUTGOING_H
#define GATEWAY_OUTGOING_H

#include "store/message/outbox.h"

struct outgoing_parts; /* outbox.c: the encoded message */

struct outgoing {
	struct outgoing *next, *prev; /* prev: in a queue only */
	bool queued;
	int64_t since; /* clock_now(): waits in its queue */
	int64_t id;
	enum outbox_class class;
	int64_t created; /* UTC */
	/* link: NULL for any; session: of USSD, "" without */
	char *kind, *link, *recipient, *text, *session;
	const char *via; /* the link whose window it waits for; NULL: none */
	char *ref; /* of a report, for the log; NULL */
	uint64_t generation; /* a screen goes out on the bind that brought the step; 0: any */
	int64_t made; /* clock_now() */
	int tries;
	bool unsure; /* was sent once with an unknown outcome */
	uint64_t order; /* in which they go out */
	struct outgoing_parts *parts;
};

struct outgoing *outgoing_new(const struct outbox *row);
void outgoing_free(struct outgoing *reply);
void outgoing_free_list(struct outgoing *replies);
bool outgoing_is_ussd(const struct outgoing *reply);

#endif
