/* One indicator of a query in words. */
#ifndef FLOWS_MEASURE_QUERY_VALUE_H
#define FLOWS_MEASURE_QUERY_VALUE_H

#include "flows/measure/measure.h"

/* *text: "8, lahir hidup 7.340: 109 (47-215)/100.000", "38 dari 45 (84,4%), S semua 90"; *note: how
 * complete it is. ERR_NOT_FOUND: no such indicator. */
int query_value(const struct turn *turn, const struct query *query, const char *indicator,
	const char **text, const char **note) MUST_CHECK;

/* "Kematian ibu" inside a sentence: "kematian ibu"; "BBLR" stays. */
const char *query_inner_title(const struct turn *turn, const char *indicator);
/* "38 dari 45 (84,4%)", and of how many it is not told */
const char *query_share_text(const struct turn *turn, const struct measured *measured);
/* "8 (+2 belum dicek)" */
const char *query_count_text(const struct turn *turn, const struct measured *measured);
/* The same in a row of counts: "(+2)", once it was *said what that is. */
const char *query_count_beside(const struct turn *turn, const struct reply_context *reply,
	const struct measured *measured, bool *said);

/* The period before, of the same length. */
struct period query_period_before(struct period period);

#endif
