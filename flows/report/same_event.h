/* The same event told twice: found by what the form compares (same_as), or posyandu and month. */
#ifndef FLOWS_SAME_EVENT_H
#define FLOWS_SAME_EVENT_H

#include "flows/record/record.h"

enum same { SAME_NONE,
	SAME_EVENT, /* told again: link it, do not count it */
	SAME_AGAIN, /* an unfinished telling of what was finished since: as SAME_EVENT */
	SAME_OTHER_FIGURES, /* the same posyandu and month with other figures: ask */
	SAME_UNFINISHED, /* an earlier report of it still waits: the new one completes it */
};

/* Looks for an earlier report of the event that record tells. `found` is filled unless SAME_NONE.
 */
int same_event_find(const struct turn *turn, const struct record *record, enum same *same,
	struct record *found) MUST_CHECK;

#endif
