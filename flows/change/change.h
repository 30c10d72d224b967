/* The one gate to being counted. Whatever changes a report comes through here: what is wanted is set
 * against what holds now, judged, compared with the others, and written with its counts, its links
 * and its open questions. Flows say what they want; none of them sets a status. */
#ifndef FLOWS_CHANGE_H
#define FLOWS_CHANGE_H

#include "flows/change/change_state.h"

/* In the arena; `record` as it is stored, or as it was read (row.id 0). */
struct change *change_new(const struct turn *turn, enum want want, const struct record *record);
/* Nothing of what was to be changed is another now: a value that this report derives. */
bool change_is_none(const struct change *change);
int record_change(struct turn *turn, struct change *change) MUST_CHECK;

#endif
