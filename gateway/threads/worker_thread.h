/* The worker thread: takes batches from the inbox, steps, gives back. */
#ifndef GATEWAY_THREADS_WORKER_THREAD_H
#define GATEWAY_THREADS_WORKER_THREAD_H

#include "gateway/inbox/inbox.h"
#include "gateway/work/worker.h"

struct worker_thread;

struct worker_thread_setup {
	struct worker *worker; /* belongs to the thread until worker_thread_stop() */
	struct inbox *inbox;
	size_t batch; /* items in one transaction at most */
	unsigned number; /* the first, 0, sees also to what time brings and what was left */
};

struct worker_thread *worker_thread_start(const struct worker_thread_setup *setup);
/* The next batch works with it. Returns when the old one is out of use: after the batch at work, or
 * half a second. */
void worker_thread_configure(struct worker_thread *thread, const struct worker_config *config);
/* clock_now() when it last came round, whatever came of it: the sign of life of what it does. */
int64_t worker_thread_turned(const struct worker_thread *thread);
/* Closes the inbox, waits until what it holds is judged, ends. */
void worker_thread_stop(struct worker_thread *thread);

#endif
