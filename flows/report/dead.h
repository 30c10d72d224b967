/* Deaths that reports of other forms tell, by what their files say (`as = death`): each is opened as
 * a death of its own that waits for details. */
#ifndef FLOWS_REPORT_DEAD_H
#define FLOWS_REPORT_DEAD_H

#include "flows/change/change.h"

/* The change of a report tells a death that was not opened for it: *told, a telling for the gate;
 * NULL: none. */
int dead_find(const struct turn *turn, const struct change *change, struct change **told) MUST_CHECK;
/* What the report does not tell any more: *death as it stands; *found false: none. */
int dead_untold(const struct turn *turn, const struct change *change, struct record *death,
	bool *found) MUST_CHECK;

#endif
