/* Everything that is counted, computed again from the reports alone, and set against what is kept. */
#ifndef FLOWS_RECOUNT_RECOUNT_H
#define FLOWS_RECOUNT_RECOUNT_H

#include "flows/recount/recount_result.h"
#include "flows/turn/flow_context.h"

/* Reads only. A report whose form is no longer configured counts as nothing. */
int recount(struct flow *flow, recount_difference *differs, void *context,
	struct recounted *result) MUST_CHECK;

#endif
