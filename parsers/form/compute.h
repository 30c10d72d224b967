/* Values that functions make of others: `[compute hpl] function = days_after, from = hpht, days = 280`.
 *
 * A function is a row of the table in compute.c. Names of fields that begin with "_" are for the way
 * only: they are dropped when the report was judged.
 */
#ifndef PARSERS_COMPUTE_H
#define PARSERS_COMPUTE_H

#include "parsers/form/form.h"
#include "parsers/form/growth.h"

struct compute_function {
	const char *name;
	const char *args[COMPUTE_ARGS]; /* in a form file: "from", "days"; "?" behind: may lack */
	bool table, points;             /* needs a table of growth; is a list of points */
	bool late;                      /* rests on notes and derived values */
	bool kept;                      /* rests on today: once found it stays */
	int decimals;                   /* of its value; -1: it is a day */
	/* False: it has no value here. */
	bool (*run)(const struct form_compute *compute, const struct report *report,
		struct date today, double *out);
};

const struct compute_function *compute_by_name(const char *name); /* NULL */
const struct compute_function *compute_at(size_t i);              /* NULL behind the last */

/* Its value as a report holds it; NULL: none. */
const char *compute_text(struct arena *arena, const struct form_compute *compute,
	const struct report *report, struct date today);

#endif
