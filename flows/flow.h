/* What to do with a message: the one entry of this floor.
 *
 * Everything a flow does happens in the store's open batch; it has no effect outside it. Replies
 * and alerts are rows put with store_outbox_put(). A flow that returns an error other than
 * ERR_STORE_BUSY, ERR_STORE_FULL or ERR_STORE_IO has failed on this message: the caller quarantines
 * it.
 */
#ifndef FLOWS_FLOW_H
#define FLOWS_FLOW_H

#include "parsers/reader.h"

struct store;
struct catalogue; /* flows/catalogue.h: message texts per language */
struct menus; /* flows/menu.h: of USSD */
struct flow_settings; /* flows/settings.h: limits, recipients, delays, time zone */

struct flow {
	struct store *store;
	const struct reader *reader;
	struct scratch *scratch;
	const struct gazetteer *places; /* the caller loads it again when store_version() changed */
	const struct catalogue *catalogue;
	const struct flow_settings *settings;
	const struct menus *menus; /* NULL: no USSD */
	struct arena *arena; /* one message; reset by the caller */
	int64_t now; /* UTC seconds */
};

struct flow_message {
	int64_t inbound; /* row of store_inbound_put() */
	const char *link; /* "telkomsel": replies go out there */
	const char *from; /* normalised where it can be: "+62812…" */
	const char *to; /* our short code */
	const char *text; /* UTF-8, unfolded */
	const char *intent; /* out: name of the intent, for the inbound row; NULL when not read */
};

/* Reads, acts, answers. */
int flow_handle(struct flow *flow, struct flow_message *message) MUST_CHECK;

/* Answers a message whose flow failed; touches as little as possible. */
int flow_apologise(struct flow *flow, const struct flow_message *message) MUST_CHECK;

/* A long message of which parts never came (no inbound row, no text): asks the sender to send it
 * again. */
int flow_parts_missing(struct flow *flow, const struct flow_message *message) MUST_CHECK;

/* Runs what is due: expiry, escalation, reminders, sweeps. Its own batch is open. *next: UTC of the
 * next due row, 0: none. */
int flow_tick(struct flow *flow, int64_t *next) MUST_CHECK;

#endif
