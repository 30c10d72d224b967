/* A quarter evaluated: its rows, each measured in the period and in the one before. EVALUASI, the summary
 * after a quarter and the page Triwulan read the same. */
#ifndef FLOWS_QUERY_EVALUATE_H
#define FLOWS_QUERY_EVALUATE_H

#include "flows/query/query.h"

/* The index-th indicator that some form defines; NULL behind the last. */
const char *evaluation_row(const struct reader *reader, size_t index);

struct evaluated {
	struct measured now, before;
	bool compared; /* the period is over: it may be held against the one before */
};
int evaluation_measure(const struct turn *turn, const struct query *query, const char *indicator,
	struct evaluated *out) MUST_CHECK;
/* "+3", "-1,2": the change, of a share in percentage points; NULL: there is none to tell. */
const char *evaluation_change(const struct turn *turn, const struct evaluated *evaluated);

#endif
