/* Messages are read before their turn: see worker_reading.h.
 *
 * A ring of slots: the worker fills them in the order of the batch, the thread reads them in that
 * order, the worker takes them in that order. Who changes the state of a slot owns it.
 */
#include "gateway/work/worker_reading.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "flows/turn/early.h"
#include "gateway/os/log.h"
#include "gateway/work/worker_hold.h"

#define SLOTS	 16
#define FEW	 4 /* messages: waking a thread would cost more */
#define LANES	 8 /* of the crash memory: those of workers come before */

enum state { EMPTY, WAITING, AT_WORK, READ };

struct slot {
	_Atomic int state; /* enum state */
	const struct item *item;
	struct early early;
	struct arena *arena;
};

struct worker_reading {
	struct worker *worker;
	struct scratch *scratch;
	pthread_t thread;
	bool started;
	struct slot slots[SLOTS];
	/* The worker's. */
	const struct item *ahead, *end; /* of the batch: not in a slot yet */
	size_t filled, taken;
	struct slot *held; /* of the message at hand */
	/* Under the lock. */
	pthread_mutex_t lock;
	pthread_cond_t more, done;
	size_t offered; /* slots that were filled, ever */
	bool stops;
};

static void read_item(struct worker_reading *reading, struct slot *slot)
{
	const struct item_message *message = &slot->item->u.message;
	const struct text_knows knows = {reader_knows, slot->early.reader};
	struct text_oddities odd = {0}; /* counted when its turn comes */
	struct crash *crash = reading->worker->crash;

	crash_enter(crash, slot->item->digest, slot->early.sender.phone);
	early_read(&slot->early, reading->scratch, slot->arena,
		text_decode(slot->arena, message->octets + message->skip,
			message->length - message->skip, message->data_coding, message->alphabet,
			&knows, &odd));
	crash_leave(crash);
}

static void *run(void *context)
{
	struct worker_reading *reading = context;
	size_t next = 0;

	crash_watch(reading->worker->crash, LANES + reading->worker->number);
	pthread_mutex_lock(&reading->lock);
	while (!reading->stops) {
		struct slot *slot = &reading->slots[next % SLOTS];
		int waiting = WAITING;

		if (next == reading->offered) {
			pthread_cond_wait(&reading->more, &reading->lock);
			continue;
		}
		pthread_mutex_unlock(&reading->lock);
		next++;
		if (atomic_compare_exchange_strong(&slot->state, &waiting, AT_WORK)) {
			read_item(reading, slot);
			atomic_store(&slot->state, READ);
		}
		pthread_mutex_lock(&reading->lock);
		pthread_cond_signal(&reading->done);
	}
	pthread_mutex_unlock(&reading->lock);
	return NULL;
}

struct worker_reading *worker_reading_new(struct worker *worker)
{
	struct worker_reading *reading;

	if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
		return NULL;
	reading = xcalloc(1, sizeof(*reading));
	reading->worker = worker;
	pthread_mutex_init(&reading->lock, NULL);
	pthread_cond_init(&reading->more, NULL);
	pthread_cond_init(&reading->done, NULL);
	return reading;
}

/* With the first batch that is worth it. */
static void start(struct worker_reading *reading)
{
	reading->scratch = scratch_new();
	for (size_t i = 0; i < SLOTS; i++)
		reading->slots[i].arena = arena_new();
	if (pthread_create(&reading->thread, NULL, run, reading) != 0)
		log_fatal("worker", "no thread");
	reading->started = true;
}

void worker_reading_free(struct worker_reading *reading)
{
	if (!reading)
		return;
	if (reading->started) {
		pthread_mutex_lock(&reading->lock);
		reading->stops = true;
		pthread_cond_signal(&reading->more);
		pthread_mutex_unlock(&reading->lock);
		pthread_join(reading->thread, NULL);
		for (size_t i = 0; i < SLOTS; i++)
			arena_free(reading->slots[i].arena);
		scratch_free(reading->scratch);
	}
	pthread_cond_destroy(&reading->more);
	pthread_cond_destroy(&reading->done);
	pthread_mutex_destroy(&reading->lock);
	free(reading);
}

/* Whole texts of people that have killed nobody; the rest is for its own turn. */
static bool is_plain(const struct worker *worker, const struct item *item)
{
	const struct item_message *message = &item->u.message;

	return worker->config.reader && item->kind == ITEM_MESSAGE && !message->ussd &&
		message->part.total <= 1 && message->length - message->skip <= TEXT_OCTETS_MAX &&
		!crash_suspected(worker->crash, item->digest);
}

/* False: it is not to be read before its turn. */
static bool fill(struct worker_reading *reading, struct slot *slot, const struct item *item)
{
	struct worker *worker = reading->worker;
	struct arena *arena = worker->arena;
	bool holds;
	int rc;

	arena_reset(slot->arena);
	worker->arena = slot->arena;
	rc = worker_holds(worker, worker_phone(worker, item), &holds);
	if (rc == OK && !holds)
		rc = early_begin(&slot->early, &worker->flow, slot->arena,
			worker_phone(worker, item));
	worker->arena = arena;
	slot->item = item;
	return rc == OK && !holds; /* an error of the store comes again when its turn comes */
}

static void fill_all(struct worker_reading *reading)
{
	size_t before = reading->filled;

	while (reading->ahead != reading->end && reading->filled - reading->taken < SLOTS) {
		const struct item *item = reading->ahead;
		struct slot *slot = &reading->slots[reading->filled % SLOTS];

		reading->ahead = item->next;
		if (!is_plain(reading->worker, item) || !fill(reading, slot, item))
			continue;
		atomic_store(&slot->state, WAITING);
		reading->filled++;
	}
	if (reading->filled == before)
		return;
	pthread_mutex_lock(&reading->lock);
	reading->offered = reading->filled;
	pthread_cond_signal(&reading->more);
	pthread_mutex_unlock(&reading->lock);
}

void worker_reading_begin(
	struct worker_reading *reading, const struct item *items, const struct item *end)
{
	size_t plain = 0;

	if (!reading)
		return;
	for (const struct item *item = items; item != end && plain < FEW; item = item->next)
		plain += is_plain(reading->worker, item);
	reading->ahead = plain < FEW ? end : items;
	reading->end = end;
	if (plain == FEW && !reading->started)
		start(reading);
}

/* Nobody reads it: true when it was read. */
static bool settle(struct worker_reading *reading, struct slot *slot)
{
	int state = WAITING;

	if (atomic_compare_exchange_strong(&slot->state, &state, EMPTY))
		return false;
	if (state == AT_WORK) {
		pthread_mutex_lock(&reading->lock);
		while (atomic_load(&slot->state) == AT_WORK)
			pthread_cond_wait(&reading->done, &reading->lock);
		pthread_mutex_unlock(&reading->lock);
	}
	return true;
}

struct early *worker_reading_take(struct worker_reading *reading, const struct item *item)
{
	struct slot *slot;

	if (!reading)
		return NULL;
	if (reading->filled - reading->taken <= SLOTS / 2)
		fill_all(reading);
	slot = &reading->slots[reading->taken % SLOTS];
	if (reading->taken == reading->filled || slot->item != item)
		return NULL;
	reading->held = slot;
	return settle(reading, slot) ? &slot->early : NULL;
}

void worker_reading_done(struct worker_reading *reading)
{
	if (!reading || !reading->held)
		return;
	atomic_store(&reading->held->state, EMPTY);
	reading->held = NULL;
	reading->taken++;
}

void worker_reading_end(struct worker_reading *reading)
{
	if (!reading)
		return;
	worker_reading_done(reading);
	for (; reading->taken != reading->filled; reading->taken++) {
		struct slot *slot = &reading->slots[reading->taken % SLOTS];

		(void)settle(reading, slot);
		atomic_store(&slot->state, EMPTY);
	}
	reading->ahead = reading->end = NULL;
}
