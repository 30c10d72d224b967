/* Alarms that one phone causes: the first of a day at once, then bundled: what comes within ten
 * minutes as one SMS, and no more than one an hour. */
#ifndef FLOWS_BUNDLE_H
#define FLOWS_BUNDLE_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

/* One more alarm of a kind ("deaths", "emergencies"): *now when it goes out at once. */
int bundle_begin(const struct turn *turn, const char *kind, bool *now) MUST_CHECK;
/* It waits for the bundle of this reader: a report's reference and what it alarms of, or the words
 * of a call for help. */
int bundle_add(const struct turn *turn, const char *reader, const char *what) MUST_CHECK;
/* The alarm of this report waits for it. */
int bundle_holds(const struct turn *turn, const char *reader, const char *ref,
	bool *holds) MUST_CHECK;
/* Deadline "bundle": one SMS to each reader. */
int bundle_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;

/* The same; *escalates when it is taken up again if nobody says TERIMA, also from a bundle. */
int bundle_begin_grave(const struct turn *turn, const char *kind, bool *now,
	bool *escalates) MUST_CHECK;

#endif
