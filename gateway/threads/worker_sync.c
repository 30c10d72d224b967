/* Commits become durable beside the worker: see worker_sync.h. */
#include "gateway/threads/worker_sync.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "gateway/os/clock.h"
#include "gateway/os/histogram.h"
#include "gateway/os/log.h"
#include "gateway/work/worker_state.h"

#define BATCHES_MOST 8 /* that wait for a sync */
#define FEW	     4 /* items: waking a thread for them costs as much as their sync */
#define RELIEVED_EACH 8 /* syncs: a journal's pages are copied by thousands */

struct batch {
	struct batch *next;
	struct item *items;
	struct outgoing *out;
	int64_t given; /* clock_now() */
};

struct worker_sync {
	struct worker *worker;
	struct inbox *inbox;
	unsigned number; /* the worker's */
	pthread_t syncing, relieving;
	bool threads;
	_Atomic int state;
	_Atomic int64_t since;
	/* Under the lock. */
	pthread_mutex_t lock;
	pthread_cond_t more, fewer, synced;
	struct batch *first, **last;
	size_t waiting; /* those that are being synced too */
	uint64_t syncs;
	bool stops;
};

/* Its outcome is durable: before it is acknowledged we know how far the store is. */
static void give_back(struct worker_sync *sync, struct item *items, struct outgoing *out, int rc)
{
	for (struct item *item = items; item; item = item->next) {
		if (rc == ERR_STORE_IO)
			item->verdict = VERDICT_SILENT;
		else if (item->verdict == VERDICT_OK && item->kind == ITEM_MESSAGE)
			crash_acknowledge(sync->worker->crash, item->row);
	}
	if (rc == ERR_STORE_IO) {
		outgoing_free_list(out);
		out = NULL;
	}
	inbox_give_back(sync->inbox, sync->number, items, out, rc);
}

static void sync_batches(struct worker_sync *sync, struct batch *batches)
{
	int rc = atomic_load(&sync->state);

	if (rc == OK) {
		atomic_store(&sync->since, clock_now());
		rc = store_sync(sync->worker->store);
		atomic_store(&sync->since, INT64_MAX);
		if (rc != OK)
			log_error("worker", "the store's journal cannot be synced error=\"%s\"",
				error_text(rc));
		atomic_store(&sync->state, rc);
	}
	while (batches) {
		struct batch *batch = batches;

		batches = batch->next;
		histogram_note(HISTOGRAM_COMMIT, clock_now() - batch->given);
		give_back(sync, batch->items, batch->out, rc);
		free(batch);
	}
}

/* Called locked. */
static void count_sync(struct worker_sync *sync)
{
	if (++sync->syncs % RELIEVED_EACH == 0)
		pthread_cond_signal(&sync->synced);
}

static void *run_syncing(void *context)
{
	struct worker_sync *sync = context;

	pthread_mutex_lock(&sync->lock);
	while (sync->first || !sync->stops) {
		struct batch *batches = sync->first;
		size_t count = sync->waiting;

		if (!batches) {
			pthread_cond_wait(&sync->more, &sync->lock);
			continue;
		}
		sync->first = NULL;
		sync->last = &sync->first;
		pthread_mutex_unlock(&sync->lock);
		sync_batches(sync, batches);
		pthread_mutex_lock(&sync->lock);
		sync->waiting -= count;
		count_sync(sync);
		pthread_cond_signal(&sync->fewer);
	}
	pthread_mutex_unlock(&sync->lock);
	return NULL;
}

static void *run_relieving(void *context)
{
	struct worker_sync *sync = context;
	uint64_t seen = 0;

	pthread_mutex_lock(&sync->lock);
	while (!sync->stops) {
		if (seen == sync->syncs / RELIEVED_EACH) {
			pthread_cond_wait(&sync->synced, &sync->lock);
			continue;
		}
		seen = sync->syncs / RELIEVED_EACH;
		pthread_mutex_unlock(&sync->lock);
		store_relieve(sync->worker->store);
		pthread_mutex_lock(&sync->lock);
	}
	pthread_mutex_unlock(&sync->lock);
	return NULL;
}

struct worker_sync *worker_sync_start(
	struct worker *worker, struct inbox *inbox, unsigned number)
{
	struct worker_sync *sync = xcalloc(1, sizeof(*sync));

	sync->worker = worker;
	sync->inbox = inbox;
	sync->number = number;
	sync->last = &sync->first;
	atomic_store(&sync->since, INT64_MAX);
	pthread_mutex_init(&sync->lock, NULL);
	pthread_cond_init(&sync->more, NULL);
	pthread_cond_init(&sync->fewer, NULL);
	pthread_cond_init(&sync->synced, NULL);
	if (!store_syncs_later(worker->store))
		return sync;
	if (pthread_create(&sync->syncing, NULL, run_syncing, sync) != 0 ||
		pthread_create(&sync->relieving, NULL, run_relieving, sync) != 0)
		log_fatal("worker", "no thread");
	sync->threads = true;
	return sync;
}

void worker_sync_stop(struct worker_sync *sync)
{
	pthread_mutex_lock(&sync->lock);
	sync->stops = true;
	pthread_cond_signal(&sync->more);
	pthread_cond_signal(&sync->synced);
	pthread_mutex_unlock(&sync->lock);
	if (sync->threads) {
		pthread_join(sync->syncing, NULL);
		pthread_join(sync->relieving, NULL);
	}
	pthread_cond_destroy(&sync->more);
	pthread_cond_destroy(&sync->fewer);
	pthread_cond_destroy(&sync->synced);
	pthread_mutex_destroy(&sync->lock);
	free(sync);
}

/* Called locked. */
static void wait_until(struct worker_sync *sync, size_t most)
{
	while (sync->waiting > most)
		pthread_cond_wait(&sync->fewer, &sync->lock);
}

static bool are_few(const struct item *items)
{
	int count = 0;

	for (; items && count <= FEW; items = items->next)
		count++;
	return count <= FEW;
}

/* Called locked, and back so: nothing waits for the other thread, and nobody for this one. */
static void sync_here(struct worker_sync *sync, struct batch *batch)
{
	pthread_mutex_unlock(&sync->lock);
	sync_batches(sync, batch);
	pthread_mutex_lock(&sync->lock);
	count_sync(sync);
}

void worker_sync_give(
	struct worker_sync *sync, struct item *items, struct outgoing *out, int rc)
{
	struct batch *batch;

	if (!sync->threads) {
		give_back(sync, items, out, rc);
		return;
	}
	pthread_mutex_lock(&sync->lock);
	if (rc != OK) { /* some of it may be committed all the same: one by one */
		wait_until(sync, 0);
		pthread_mutex_unlock(&sync->lock);
		give_back(sync, items, out, store_sync(sync->worker->store) ? ERR_STORE_IO : rc);
		return;
	}
	wait_until(sync, BATCHES_MOST - 1);
	batch = xcalloc(1, sizeof(*batch));
	*batch = (struct batch){.items = items, .out = out, .given = clock_now()};
	if (sync->waiting == 0 && are_few(items) && inbox_is_idle(sync->inbox, sync->number)) {
		sync_here(sync, batch);
	} else {
		*sync->last = batch;
		sync->last = &batch->next;
		sync->waiting++;
		pthread_cond_signal(&sync->more);
	}
	pthread_mutex_unlock(&sync->lock);
}

int worker_sync_state(const struct worker_sync *sync)
{
	return atomic_load(&sync->state);
}

int64_t worker_sync_since(const struct worker_sync *sync)
{
	return atomic_load(&sync->since);
}
