/* A change that needs a verifier: it waits until one says SETUJU or TOLAK with the reference. */
#ifndef FLOWS_REQUEST_H
#define FLOWS_REQUEST_H

#include <jansson.h>

#include "flows/record/record.h"

/* kind "cancel" or "correct"; changes: {"berat":"3100"} as canonical texts (stolen), NULL for a
 * cancellation. Tells the verifiers. */
int request_put(struct turn *turn, const struct record *record, const char *kind,
	json_t *changes) MUST_CHECK;
/* ERR_NOT_FOUND: no request waits for this report. yes: it is done; else dropped. Both tell who
 * asked. */
int request_decide(
	struct turn *turn, struct record *record, bool yes, const char *reason) MUST_CHECK;

#endif
