/* Weekly reports with too many cases: above a threshold, or many more than in the weeks before. */
#ifndef FLOWS_SURGE_H
#define FLOWS_SURGE_H

#include "flows/record/record.h"

/* A counted report of a week: tells what is too much in it, again only when that doubled. */
int surge_see(const struct turn *turn, const struct record *record) MUST_CHECK;
/* One of its numbers is above its threshold. */
bool surge_reached(const struct record *record);
/* The report that told of it has ended (after: NULL) or is otherwise now: who was alarmed hears what
 * became less, and it hides nothing that comes after. */
int surge_fell(const struct turn *turn, const struct record *record,
	const struct record *after) MUST_CHECK;
/* PADAM: what this report told of is over; *open: something was. */
int surge_end(const struct turn *turn, const struct record *record, bool *open) MUST_CHECK;
/* "mgg 32" */
const char *surge_week(const struct turn *turn, const struct reply_context *reply,
	const struct record *record);

#endif
