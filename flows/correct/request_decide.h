/* What a verifier decides about a change that waits for him. */
#ifndef FLOWS_CORRECT_REQUEST_DECIDE_H
#define FLOWS_CORRECT_REQUEST_DECIDE_H

#include "flows/record/record.h"

/* ERR_NOT_FOUND: no request waits for this report. yes: it is done; else dropped. Both tell who
 * asked. */
int request_decide(
	struct turn *turn, struct record *record, bool yes, const char *reason) MUST_CHECK;

#endif
