/* What to do with a message: the one entry of this floor.
 *
 * Everything a flow does happens in the store's open batch; it has no effect outside it. Replies
 * and alerts are rows put with store_outbox_put(). A flow that returns an error other than
 * ERR_STORE_BUSY, ERR_STORE_FULL or ERR_STORE_IO has failed on this message: the caller quarantines
 * it.
 */
#ifndef FLOWS_FLOW_H
#define FLOWS_FLOW_H

#include "flows/turn/flow_context.h"
#include "store/message/deadline.h"

/* Reads, acts, answers. */
int flow_handle(struct flow *flow, struct flow_message *message) MUST_CHECK;

/* Answers a message whose flow failed; touches as little as possible. */
int flow_apologise(struct flow *flow, const struct flow_message *message) MUST_CHECK;

/* What came of a long message whose rest is late (its text, the row of its last part): a death or a
 * cry in it does not wait for the rest. */
int flow_parts_hear(struct flow *flow, const struct flow_message *message) MUST_CHECK;
/* Its rest never came: what came waits for a person, and the sender is asked to send it again. */
int flow_parts_missing(struct flow *flow, const struct flow_message *message) MUST_CHECK;

/* Runs what is due: expiry, escalation, reminders, sweeps. Its own batch is open. *next: UTC of the
 * next due row, 0: none. */
/* Deadlines that were put under a wrong clock, after a start, a reload or a jump: none stays
 * further away than its kind can be. */
int flow_derive(struct flow *flow) MUST_CHECK;
int flow_tick(struct flow *flow, int64_t *next) MUST_CHECK;
/* The deadline that comes first fails whenever it is tried: an hour later, and the others have their turn. */
int flow_postpone(struct flow *flow, struct deadline *postponed) MUST_CHECK;

#endif
