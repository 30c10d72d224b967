/* Two reports beside each other: the parts of which same_event.h makes "the same event told twice". */
#ifndef FLOWS_SAME_SAME_PAIR_H
#define FLOWS_SAME_SAME_PAIR_H

#include "flows/record/record.h"

/* Told of a month, not of a day in it: kept among what is affirmed. */
#define SAME_WHOLE_MONTH "_bulan"
/* The day as somebody wrote it, just now: not today by default, nor a month that stands for its last
 * day. */
bool same_day_told(const struct turn *turn, const struct record *record);
/* By what the form compares (same_as), as far as both tell it; both name somebody. */
bool same_told_alike(const struct record *a, const struct record *b);
/* Both tell the field, and otherwise. */
bool same_differs(const struct report *a, const struct report *b, const char *field);
/* Of births only; twins of one form or of two. */
bool same_other_twin(const struct report *a, const struct report *b);
bool same_days_near(const struct turn *turn, const struct record *a, const struct record *b);
/* One desa, one teller or one NIK. */
bool same_home(const struct turn *turn, const struct record *a, const struct record *b);
/* Whoever tells it: the sender of what is not stored yet. */
const char *same_phone(const struct turn *turn, const struct record *record);
bool same_teller(
	const struct turn *turn, const struct record *record, const struct record *other);
/* Of one posyandu. correcting: its day was told otherwise before. */
bool same_session(const struct turn *turn, const struct record *record,
	const struct record *other, bool correcting);
/* One of a day, a week, or a month without any: they cannot both be. */
bool same_session_excludes(const struct record *a, const struct record *b);
/* Whatever became of either: would both be taken for tellings of one event? */
bool same_one(const struct turn *turn, const struct record *record, const struct record *other);

/* Two deaths taken for one, of which one is told to be another's: by age, kind, class, sex, NIK or
 * place. In doubt it is. */
bool same_dead_differ(const struct turn *turn, const struct record *record,
	const struct record *other);

#endif
