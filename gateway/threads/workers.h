/* The workers of a gateway, each with its thread and its connection to the store. On SQLite there is
 * one; on PostgreSQL `workers` of [store], among whom phones are shared out (spread.h). The first one
 * sees also to what time brings.
 */
#ifndef GATEWAY_THREADS_WORKERS_H
#define GATEWAY_THREADS_WORKERS_H

#include "gateway/inbox/inbox.h"
#include "gateway/work/worker.h"

#define WORKERS_MAX 8 /* lanes of the crash memory */

struct workers;

struct workers_setup {
	struct worker_setup worker; /* of each, but the store */
	struct store *stores[WORKERS_MAX]; /* one for each */
	unsigned count;
	struct inbox *inbox;
	size_t batch; /* items in one transaction at most */
};

struct workers *workers_start(const struct workers_setup *setup);
/* The next batches work with it. Returns when the old one is out of use. */
void workers_configure(struct workers *workers, const struct worker_config *config);
/* clock_now() of when the one that is longest at it last came round. */
int64_t workers_turned(const struct workers *workers);
bool workers_may_submit(const struct workers *workers);
/* Sums; the latest commit, the first error, and as last tick when the one that hangs longest came
 * round. Any thread. */
void workers_status(const struct workers *workers, struct worker_status *out);
void workers_survey(struct workers *workers, struct survey *out);
/* Waits until what the inbox holds is judged. */
void workers_stop(struct workers *workers);
void workers_free(struct workers *workers);

#endif
