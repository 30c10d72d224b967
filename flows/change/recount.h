/* Everything that is counted, computed again from the reports alone, and set against what is kept. */
#ifndef FLOWS_RECOUNT_H
#define FLOWS_RECOUNT_H

#include "flows/turn/flow_context.h"

/* One cell that differs: "tally_day", "35.03.01.2004", "lahir", "2024-08-12". */
typedef void recount_difference(const char *table, const char *place, const char *what,
	const char *when, int64_t kept, int64_t told, void *context);

struct recounted {
	size_t reports, cells, differences;
};

/* Reads only. A report whose form is no longer configured counts as nothing. */
int recount(struct flow *flow, recount_difference *differs, void *context,
	struct recounted *result) MUST_CHECK;

#endif
