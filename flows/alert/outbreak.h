/* Too many cases of one kind in a desa: `[outbreak NAME]` of a form file. Told again only when they doubled;
 * over by PADAM, or when nobody told a case for so many days. */
#ifndef FLOWS_OUTBREAK_H
#define FLOWS_OUTBREAK_H

#include "flows/record/record.h"

/* A report that counts now: are these too many? */
int outbreak_see(const struct turn *turn, const struct record *record) MUST_CHECK;
/* A report that waits for an answer, of a kind of which one case is too many: told without waiting,
 * by what is known so far. */
int outbreak_waits(const struct turn *turn, const struct record *record) MUST_CHECK;
/* Alone it is too many already, whatever else was told: it does not wait for an approval in silence. */
bool outbreak_reached(const struct turn *turn, const struct record *record);
/* PADAM: the outbreak that the report belongs to is over; *open: there was one, of *sum cases. */
int outbreak_end(const struct turn *turn, const struct record *record, bool *open,
	long *sum) MUST_CHECK;
/* It counts no more, or less, or is `after` now (NULL: it is gone): who was alarmed hears it, and what
 * was told by it hides nothing that comes after. */
int outbreak_fell(const struct turn *turn, const struct record *record,
	const struct record *after) MUST_CHECK;
/* "5 diare dalam 7 hr", as it stands now. */
const char *outbreak_words(
	const struct turn *turn, const struct reply_context *reply, const struct record *record, long sum);
/* Where it is: a desa, or the unit that told a week. */
const char *outbreak_place(const struct record *record);

#endif
