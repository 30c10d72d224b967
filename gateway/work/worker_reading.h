/* A second thread that reads the messages of a batch before their turn comes, while the worker
 * stores those in front of them. It touches no store. When it is late the worker reads by himself;
 * what it read of a sender who is another one by then is read again (flows/turn/early.h).
 */
#ifndef GATEWAY_WORKER_READING_H
#define GATEWAY_WORKER_READING_H

#include "gateway/work/worker_state.h"

struct worker_reading;

/* NULL: the machine has one processor. */
struct worker_reading *worker_reading_new(struct worker *worker);
void worker_reading_free(struct worker_reading *reading);

/* The messages of the open batch, up to `end`. */
void worker_reading_begin(
	struct worker_reading *reading, const struct item *items, const struct item *end);
/* This item is next: what was read of it until worker_reading_done(), or NULL. */
struct early *worker_reading_take(struct worker_reading *reading, const struct item *item);
void worker_reading_done(struct worker_reading *reading);
/* Nothing of the batch is being read any more. */
void worker_reading_end(struct worker_reading *reading);

#endif
