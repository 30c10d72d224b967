/* What is kept of the counts is set right from the reports. The rules of counting are data: a store
 * that was counted by others (an older program, a form file that was changed) is counted again by
 * itself, a few months of a desa at a time, between messages. */
#ifndef FLOWS_RECOUNT_MEND_H
#define FLOWS_RECOUNT_MEND_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

/* At the start and after a reload: puts the deadline below when the rules have changed. */
int mend_derive(struct flow *flow) MUST_CHECK;
/* The deadline "recount": the next few months, and itself again until all were counted. */
int mend_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;
/* All at once, in the batch that is open: *mended cells were wrong. */
int mend_all(struct flow *flow, size_t *mended) MUST_CHECK;

#endif
