/* What one posyandu told, from its reports. */
#ifndef FLOWS_MEASURE_QUERY_POSYANDU_H
#define FLOWS_MEASURE_QUERY_POSYANDU_H

#include "flows/measure/measure.h"

/* Sums of the one posyandu that is asked for: of what adds up, of its last month, of each month. */
enum posyandu_sum { POSYANDU_EVENTS, POSYANDU_LAST, POSYANDU_HELD };
int query_posyandu_sum(const struct turn *turn, const struct query *query, const char *name,
	struct period period, enum posyandu_sum kind, int64_t *sum) MUST_CHECK;
/* Months of the period in which it told. */
int query_posyandu_months(const struct turn *turn, const struct query *query,
	struct complete *complete, struct period period) MUST_CHECK;

#endif
