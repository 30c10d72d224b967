/* Reading ahead for a batch. */
#ifndef GATEWAY_WORKER_AHEAD_H
#define GATEWAY_WORKER_AHEAD_H

#include "gateway/work/worker_state.h"

/* In the open batch, before its first item: all that its items up to `end` (not included) will ask.
 * Nothing where that gains nothing. */
int worker_foresee(
	struct worker *worker, struct item *items, const struct item *end) MUST_CHECK;
/* worker_receipt.c */
void worker_foresee_sent(struct worker *worker, const struct item *item);

#endif
