/* What a case has reached by the reports that belong to it: the marks of its form, and what it still
 * needs for them. */
#ifndef FLOWS_CASE_MARKS_H
#define FLOWS_CASE_MARKS_H

#include <jansson.h>

#include "flows/case/case_find.h"
#include "parsers/form/form_case.h"

#define CASE_MEMBERS 100

struct case_members {
	struct record *list; /* counted ones, the oldest first */
	size_t count;
};

/* The newest of them, at most CASE_MEMBERS. */
int case_members(const struct turn *turn, int64_t id, size_t most,
	struct case_members *out) MUST_CHECK;
/* {"k1":"2024-05-03 35.03.01.2004"}: the day and the desa of the report that completed it. */
json_t *case_marks_of(const struct turn *turn, const struct form_case *rules,
	const struct case_members *members);
int case_marks(const struct turn *turn, const struct case_row *row, json_t **marks) MUST_CHECK;
/* What is reached is counted on its day; what was and is not any more, no longer. */
int case_marks_count(const struct turn *turn, const char *before, json_t *now) MUST_CHECK;
/* For the answer: what the case of this report still needs. */
int case_needs(const struct turn *turn, struct record *after) MUST_CHECK;

#endif
