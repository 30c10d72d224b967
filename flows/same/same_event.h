/* The same event told twice: found by what the form compares (same_as), by mother and day, or by
 * posyandu and day. */
#ifndef FLOWS_SAME_SAME_EVENT_H
#define FLOWS_SAME_SAME_EVENT_H

#include "flows/same/same_pair.h"
#include "flows/same/same_session.h"

/* Looks for an earlier report of the event that record tells; what it is linked with, or was told
 * in one message with, is none. correcting: its day or place was told otherwise before. `found` is
 * filled unless SAME_NONE. */
int same_event_find(const struct turn *turn, const struct record *record, bool correcting,
	enum same *same, struct record *found) MUST_CHECK;
/* Nothing is told in it that the other does not tell. */
bool same_says_nothing_new(const struct report *report, const struct report *other);

#endif
