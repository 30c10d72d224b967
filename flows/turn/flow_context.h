/* What a flow works with, and the message it works on: filled by the caller of flow.h. */
#ifndef FLOWS_FLOW_CONTEXT_H
#define FLOWS_FLOW_CONTEXT_H

#include "parsers/reader.h"

struct store;
struct catalogue; /* flows/reply/catalogue.h: message texts per language */
struct menus; /* flows/ussd/menu.h: of USSD */
struct checkups;
struct loops;
struct early; /* flows/turn/early.h */
struct flow_settings; /* flows/rules/settings.h: limits, recipients, delays, time zone */

struct flow {
	struct store *store;
	const struct reader *reader;
	struct scratch *scratch;
	const struct gazetteer *places; /* the caller loads it again when store_version() changed */
	const struct catalogue *catalogue;
	const struct flow_settings *settings;
	const struct menus *menus; /* NULL: no USSD */
	const struct checkups *checkups; /* flows/checkup/checkup.h; NULL: none */
	struct arena *arena; /* one message; reset by the caller */
	struct early *early; /* the message at hand, read before its turn; NULL */
	struct loops *loops; /* flows/report/loop.h; NULL: nobody counts */
	int64_t now; /* UTC seconds */
	bool doubtful; /* the wall clock jumped lately: nothing of the calendar is run */
	/* before each deadline: its kind and subject; false: it is not to be run. After the last:
	 * NULL. May be NULL. */
	bool (*guard)(void *context, const char *job);
	void *guard_context;
	bool alone; /* flow_tick() runs one deadline and nothing else */
	size_t at_once; /* deadlines of a flow_tick(), and people of each; 0: many */
	const char *skipped; /* out, of flow_tick(): a job whose day went by; NULL */
};

struct flow_message {
	int64_t inbound; /* row of store_inbound_put() */
	const char *link; /* "telkomsel": replies go out there */
	const char *from; /* normalised where it can be: "+62812…" */
	const char *to; /* our short code */
	const char *text; /* UTF-8, unfolded */
	bool machine; /* its esm_class says that no person wrote it: it may be wrong */
	const char *muted; /* out: "phone" or "link", which this message muted; NULL */
	const char *intent; /* out: name of the intent, for the inbound row; NULL when not read */
};

#endif
