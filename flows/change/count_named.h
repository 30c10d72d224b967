/* What is counted of persons, not of reports (`once` and `named` of a form's counts): of each case
 * and month its last report. A posyandu that names the children that it measured counts by them,
 * else as it told; never both.
 */
#ifndef FLOWS_COUNT_NAMED_H
#define FLOWS_COUNT_NAMED_H

#include "flows/record/record.h"

/* Behind case_keep(): from what was stored (NULL: nothing) to what is stored now. */
int count_named(const struct turn *turn, const struct record *before,
	const struct record *after) MUST_CHECK;
/* The named stocks of a posyandu's month again, from its reports and from what it told. */
int count_named_again(const struct turn *turn, const struct form *form, const char *posyandu,
	const char *area, const char *day) MUST_CHECK;
/* Is a report the one of its case that says what its month was? */
int count_is_last(const struct turn *turn, const struct report_row *row, bool *last) MUST_CHECK;

#endif
