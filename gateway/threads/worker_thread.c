/* The thread around the worker's step: see worker_thread.h. */
#include "gateway/threads/worker_thread.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/threads/worker_sync.h"

#define TICK_MS	   500 /* rows of other writers leave within a second */
#define TROUBLE_MS 100 /* a store in trouble is not asked without a break */

struct worker_thread {
	struct worker_thread_setup setup;
	struct worker_sync *sync;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t taken;
	_Atomic int64_t turned; /* clock_now() */
	/* Under the lock. */
	const struct worker_config *next; /* NULL: nothing new */
	bool ended;
};

static void take_configuration(struct worker_thread *thread, bool ended)
{
	pthread_mutex_lock(&thread->lock);
	if (thread->next)
		worker_configure(thread->setup.worker, thread->next);
	thread->next = NULL;
	thread->ended = ended;
	pthread_cond_signal(&thread->taken);
	pthread_mutex_unlock(&thread->lock);
}

static void rest(void)
{
	const struct timespec pause = {.tv_nsec = TROUBLE_MS * 1000000};

	nanosleep(&pause, NULL);
}

static int step(struct worker_thread *thread, struct item *items)
{
	struct outgoing *out = NULL;
	int rc = worker_step(thread->setup.worker, items, &out);

	worker_sync_give(thread->sync, items, out, rc);
	return rc;
}

static int tick(struct worker_thread *thread)
{
	struct outgoing *out = NULL;
	int rc = worker_tick(thread->setup.worker, &out);

	if (out || rc == ERR_STORE_IO)
		worker_sync_give(thread->sync, NULL, out, rc);
	return rc;
}

/* A new store is told how it counts before it does. */
static int begin(struct worker_thread *thread)
{
	struct outgoing *out = NULL;
	int rc;

	worker_watch(thread->setup.worker, thread->setup.number);
	if (thread->setup.number > 0)
		return OK;
	rc = worker_reclaim(thread->setup.worker, &out);
	worker_sync_give(thread->sync, NULL, out, rc);
	return rc == ERR_STORE_IO ? rc : tick(thread);
}

static void *run(void *context)
{
	struct worker_thread *thread = context;
	int64_t ticked = clock_now();
	bool closed = false, ended = false, first = thread->setup.number == 0;
	int rc = begin(thread);

	while (rc != ERR_STORE_IO && !ended) {
		int64_t wait = worker_folds(thread->setup.worker)
			? 0 : ticked + TICK_MS - clock_now();
		struct item *items = inbox_take(thread->setup.inbox, thread->setup.number,
			thread->setup.batch, wait > 0 ? wait : 0, &closed);

		atomic_store(&thread->turned, clock_now());
		take_configuration(thread, false);
		rc = items ? step(thread, items) : OK;
		if (rc == OK)
			rc = worker_fold_some(thread->setup.worker);
		/* A result that cannot be stored is not waited for: the next process takes its row
		 * up again. */
		ended = closed && (!items || rc != OK);
		if (rc != OK && rc != ERR_STORE_IO && !ended)
			rest();
		if (rc != ERR_STORE_IO && !closed && clock_now() - ticked >= TICK_MS) {
			ticked = clock_now();
			rc = first ? tick(thread) : worker_hear(thread->setup.worker);
		}
		if (worker_sync_state(thread->sync) != OK)
			rc = ERR_STORE_IO; /* the inbox has heard of it */
	}
	take_configuration(thread, true);
	return NULL;
}

struct worker_thread *worker_thread_start(const struct worker_thread_setup *setup)
{
	struct worker_thread *thread = xcalloc(1, sizeof(*thread));

	thread->setup = *setup;
	thread->turned = clock_now();
	pthread_mutex_init(&thread->lock, NULL);
	pthread_cond_init(&thread->taken, NULL);
	thread->sync = worker_sync_start(
		setup->worker, setup->inbox, setup->number);
	if (pthread_create(&thread->thread, NULL, run, thread) != 0)
		log_fatal("worker", "no thread");
	return thread;
}

int64_t worker_thread_turned(const struct worker_thread *thread)
{
	int64_t turned = atomic_load(&thread->turned), since = worker_sync_since(thread->sync);

	return since < turned ? since : turned;
}

void worker_thread_configure(struct worker_thread *thread, const struct worker_config *config)
{
	pthread_mutex_lock(&thread->lock);
	thread->next = config;
	while (thread->next && !thread->ended)
		pthread_cond_wait(&thread->taken, &thread->lock);
	pthread_mutex_unlock(&thread->lock);
}

void worker_thread_stop(struct worker_thread *thread)
{
	if (!thread)
		return;
	inbox_close(thread->setup.inbox);
	pthread_join(thread->thread, NULL);
	worker_sync_stop(thread->sync);
	pthread_cond_destroy(&thread->taken);
	pthread_mutex_destroy(&thread->lock);
	free(thread);
}
