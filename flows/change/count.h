/* What a report adds to the tallies, stocks and coverage; taken off again when it no longer counts.
 */
#ifndef FLOWS_COUNT_H
#define FLOWS_COUNT_H

#include "flows/record/record.h"

/* Does it count at all: accepted or verified, a known day and desa, no training. */
bool count_holds(const struct record *record);
/* From what was stored (NULL: nothing) to what is stored now. Nothing for what does not count. */
int count_apply(const struct turn *turn, const struct record *before,
	const struct record *after) MUST_CHECK;

/* The stocks of a posyandu's month again, from its sessions; area: where one that none tells was. */
int count_stocks(const struct turn *turn, const struct form *form, const char *posyandu,
	const char *area, const char *day) MUST_CHECK;

/* Does some form count this stock by name? */
bool count_has_named(const struct reader *reader, const char *stock);

/* Coverage of sessions that were really held, beside that of reports: "ilp" of a NIHIL is a report,
 * no session. */
#define COVERAGE_HELD "%s held"

#endif
