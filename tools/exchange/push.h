/* Items to a DHIS2 in chunks, each judged by the summary that the server gives. */
#ifndef TOOLS_EXCHANGE_PUSH_H
#define TOOLS_EXCHANGE_PUSH_H

#include "tools/exchange/items.h"

enum push_kind { PUSH_VALUES, PUSH_EVENTS };

struct push {
	const struct mapping *mapping;
	enum push_kind kind;
	const struct items *items;
	const char *journal; /* path */
	bool dry_only;	     /* the server proves, and keeps nothing */
	bool anyway;	     /* also when the server would refuse some */
};

struct push_result {
	size_t known; /* taken earlier, and the same since */
	size_t taken, refused, open; /* open: not known, send again */
	size_t requests;
};

/* First a dry run of all, then in earnest; says on stderr what is refused and why. ERR_STATE: the
 * server refused some; ERR_SYSTEM: it does not answer, or the journal cannot be written: what was
 * taken is in the journal. */
int push_run(const struct push *push, struct push_result *result) MUST_CHECK;

#endif
