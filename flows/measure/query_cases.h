/* Cases that were open when a period ended, or are today. */
#ifndef FLOWS_QUERY_CASES_H
#define FLOWS_QUERY_CASES_H

#include "flows/measure/measure.h"

int query_open_count(
	const struct turn *turn, const struct query *query, struct measured *out) MUST_CHECK;
/* What is known of each. */
int query_open_each(const struct turn *turn, const struct query *query, const struct form *form,
	const struct form_indicator *indicator,
	void (*each)(const struct report *report, void *context), void *context) MUST_CHECK;

#endif
