/* One step of work: a batch of items in one transaction, judged. A plain function: the worker
 * thread, `kabarctl play` and tests call it alike.
 */
#ifndef GATEWAY_WORKER_H
#define GATEWAY_WORKER_H

#include "flows/report/loop.h"
#include "gateway/work/worker_setup.h"

struct worker;

struct worker *worker_new(const struct worker_setup *setup);
void worker_free(struct worker *worker);
void worker_configure(
	struct worker *worker, const struct worker_config *config); /* between two steps */

/* Sets the verdict of each item; *out gets the rows that are to go out now (a list that the caller
 * owns). OK; ERR_STORE_BUSY or ERR_STORE_FULL: some were refused, try again later; ERR_STORE_IO:
 * stop, say nothing. */
int worker_step(struct worker *worker, struct item *items, struct outgoing **out) MUST_CHECK;

/* Lists of places changed, as another process says: they are read now, not with the next message.
 * Part of worker_tick(); for workers that have none. */
int worker_hear(struct worker *worker) MUST_CHECK;

/* What time alone brings: deadlines, rows that others put, sweeps. Call it about every second. */
int worker_tick(struct worker *worker, struct outgoing **out) MUST_CHECK;
/* A tick has begun to fold counts (store_fold_some()); a slice of them, between batches. */
bool worker_folds(const struct worker *worker);
int worker_fold_some(struct worker *worker) MUST_CHECK;
/* In the thread that will work, before anything else. number: of several workers, from 0. */
void worker_watch(struct worker *worker, unsigned number);
/* Rows that this gateway had claimed before it stopped; once at the start. USSD screens are given
 * up. */
int worker_reclaim(struct worker *worker, struct outgoing **out) MUST_CHECK;

/* Any thread: false while another gateway may take over what this one has claimed. */
bool worker_may_submit(const struct worker *worker);

/* How the store is doing, looked up every few seconds by worker_tick(). */
void worker_survey(struct worker *worker, struct survey *out); /* any thread */

struct worker_status { /* read by any thread */
	struct loops_status loops;
	uint64_t batches, handled, redelivered, quarantined, parts, early_receipts, lost_receipts,
		mislabelled, expired, held;
	struct crash_holds holds;
	int64_t last_commit; /* clock_now(); 0: none yet */
	int64_t last_tick;
	int last_error;
};
void worker_status(const struct worker *worker, struct worker_status *out);

#endif
