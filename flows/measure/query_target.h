/* Target populations beside what was told. */
#ifndef FLOWS_MEASURE_QUERY_TARGET_H
#define FLOWS_MEASURE_QUERY_TARGET_H

#include "flows/measure/measure.h"

enum target_known { TARGET_NONE, TARGET_PARTLY, TARGET_WHOLE };
/* What an indicator aims at in the query's area and period: of what adds up the part of the year. Partly: not
 * every desa of the area has one. */
int query_target(const struct turn *turn, const struct query *query,
	const struct form_indicator *indicator, int64_t *target,
	enum target_known *known) MUST_CHECK;

#endif
