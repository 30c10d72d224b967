/* How much may be claimed, by link and class: shared by worker*.c only. */
#ifndef GATEWAY_WORKER_ROOMS_H
#define GATEWAY_WORKER_ROOMS_H

#include "gateway/work/worker_state.h"

void worker_rooms_begin(struct worker_rooms *rooms);
void worker_rooms_look(struct worker *worker); /* what room there is now */
void worker_rooms_take(struct worker_rooms *rooms, const struct outbox *row);
/* Is there room for one more? Otherwise it must wait in the store. */
bool worker_may_send(struct worker *worker, const struct outbox *row);
int worker_claim_new(struct worker *worker) MUST_CHECK; /* what the open batch put */
int worker_claim_all(struct worker *worker) MUST_CHECK; /* what is due, whoever put it */
int worker_free_links(struct worker *worker) MUST_CHECK; /* rows for links that are gone */

void worker_rooms_foresee(struct worker *worker); /* worker_ahead.h: what worker_claim_new() asks */

#endif
