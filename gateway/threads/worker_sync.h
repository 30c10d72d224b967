/* What stands between a commit and its acknowledgements: a thread that makes the store durable and
 * gives the judged items back to the inbox, while the worker is at the next batch. One sync serves
 * all batches that wait for it. Beside it a thread that copies the store's journal.
 *
 * Where a commit is durable by itself everything is given back at once, and there are no threads.
 */
#ifndef GATEWAY_THREADS_WORKER_SYNC_H
#define GATEWAY_THREADS_WORKER_SYNC_H

#include "gateway/inbox/inbox.h"
#include "gateway/work/worker.h"

struct worker_sync;

struct worker_sync *worker_sync_start(
	struct worker *worker, struct inbox *inbox, unsigned number);
/* Waits for what it has, ends. */
void worker_sync_stop(struct worker_sync *sync);

/* The worker's thread. Takes the items of a batch, judged, and what goes out with it; rc: of the
 * batch. What was not committed comes back behind all that was. Waits when too many wait. */
void worker_sync_give(
	struct worker_sync *sync, struct item *items, struct outgoing *out, int rc);
/* ERR_STORE_IO: some sync failed; nothing was acknowledged since. */
int worker_sync_state(const struct worker_sync *sync);
/* clock_now() when the sync that is under way was begun; INT64_MAX: there is none. */
int64_t worker_sync_since(const struct worker_sync *sync);

#endif
