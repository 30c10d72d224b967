/* Living beside other gateways on one store: for worker*.c only. */
#ifndef GATEWAY_WORKER_LEASE_H
#define GATEWAY_WORKER_LEASE_H

#include "gateway/work/worker_state.h"

void worker_lease_begin(struct worker *worker, bool shared);
int worker_beat(struct worker *worker) MUST_CHECK; /* a sign of life, when it is time */
/* In a batch that has just begun: what its phones say is handled by nobody else meanwhile. */
int worker_lock(
	struct worker *worker, const struct item *items, const struct item *end) MUST_CHECK;

#endif
