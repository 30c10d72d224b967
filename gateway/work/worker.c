/* The worker's step: a batch in one transaction; when one message fails, each in its own. See
 * worker.h. */
#include <stdlib.h>
#include <string.h>

#include "flows/report/habits.h"
#include "gateway/os/clock.h"
#include "gateway/os/histogram.h"
#include "gateway/os/log.h"
#include "gateway/work/worker.h"
#include "gateway/work/worker_ahead.h"
#include "gateway/work/worker_hold.h"
#include "gateway/work/worker_lease.h"
#include "gateway/work/worker_reading.h"
#include "gateway/work/worker_rooms.h"
#include "gateway/work/worker_state.h"
#include "store/base/lock.h"
#include "store/people/person.h"

#define RUNS_MOST   5
#define PUSH_EACH   64 /* items */
#define PLACES_REST 10 /* times as long as the loading took */

struct worker *worker_new(const struct worker_setup *setup)
{
	struct worker *worker = xcalloc(1, sizeof(*worker));

	worker->store = setup->store;
	worker->crash = setup->crash;
	worker->disk = setup->disk;
	worker->shares = setup->shares;
	worker_lease_begin(worker, setup->shared);
	worker->context = setup->context;
	worker_rooms_begin(&worker->rooms);
	pthread_mutex_init(&worker->survey_lock, NULL);
	worker->arena = arena_new();
	worker->out_tail = &worker->out;
	worker->flow.store = setup->store;
	worker->flow.scratch = scratch_new();
	worker->flow.arena = worker->arena;
	worker->flow.loops = loops_new();
	/* A receipt may have been parked before we started. */
	worker->parked_until = clock_utc() + 86400;
	worker_configure(worker, &setup->config);
	worker->reading = worker_reading_new(worker);
	return worker;
}

void worker_free(struct worker *worker)
{
	if (!worker)
		return;
	worker_reading_free(worker->reading);
	outgoing_free_list(worker->out);
	gazetteer_free(worker->places);
	scratch_free(worker->flow.scratch);
	loops_free(worker->flow.loops);
	arena_free(worker->arena);
	pthread_mutex_destroy(&worker->survey_lock);
	free(worker);
}

void worker_configure(struct worker *worker, const struct worker_config *config)
{
	worker->derive = worker->config.settings ? "reload" : "start";
	worker->config = *config;
	worker->flow.reader = config->reader;
	worker->flow.catalogue = config->catalogue;
	worker->flow.settings = config->settings;
	worker->flow.menus = config->menus;
	worker->flow.checkups = config->checkups;
	if (worker->store != NULL)
		store_outbox_limit(worker->store, config->settings->allow,
			config->settings->nallow, config->settings->own, config->settings->nown);
}

bool worker_is_trouble(int rc)
{
	return rc == ERR_STORE_BUSY || rc == ERR_STORE_FULL || rc == ERR_STORE_IO;
}

/* Places change when kabarctl imports, in many chunks: loading must not become all that we do. A
 * look costs a pragma. */
int worker_refresh_places(struct worker *worker)
{
	struct gazetteer *places;
	int64_t version, started = clock_now();
	int rc = store_version(worker->store, &version);

	if (rc != OK ||
		(worker->has_places &&
			(version == worker->places_version || started < worker->places_rest)))
		return rc;
	rc = store_gazetteer_load(worker->store, &places);
	if (rc != OK)
		return rc;
	gazetteer_free(worker->places);
	worker->places = places;
	worker->places_version = version;
	worker->places_rest = clock_now() + PLACES_REST * (clock_now() - started);
	worker->has_places = true;
	worker->flow.places = places;
	return OK;
}

int worker_hear(struct worker *worker)
{
	bool changed;
	int rc = store_lists_heard(worker->store, &changed);

	return rc == OK && changed ? worker_refresh_places(worker) : rc;
}

/* asks: whether places changed is asked with what the batch will ask. */
static int batch_begin(struct worker *worker, bool asks)
{
	int rc = asks && worker->has_places ? OK : worker_refresh_places(worker);

	if (rc != OK)
		return rc;
	worker->flow.now = clock_utc();
	store_set_now(worker->store, worker->flow.now);
	worker_rooms_look(worker);
	if (!worker->has_habits) {
		rc = habits_rebuild(&worker->flow);
		worker->has_habits = rc == OK;
	}
	worker->batch_begun = clock_now();
	return rc == OK ? store_batch_begin(worker->store) : rc;
}

static int batch_commit(struct worker *worker)
{
	int64_t begun = clock_now();
	int rc = store_batch_commit(worker->store);

	if (!store_syncs_later(worker->store))
		histogram_note(HISTOGRAM_COMMIT, clock_now() - begun);
	histogram_note(HISTOGRAM_BATCH, clock_now() - worker->batch_begun);
	if (rc == OK) {
		atomic_fetch_add(&worker->batches, 1);
		atomic_store(&worker->last_commit, clock_now());
	}
	return rc;
}

static void forget_out(struct worker *worker)
{
	outgoing_free_list(worker->out);
	worker->out = NULL;
	worker->out_tail = &worker->out;
}

int worker_begin(struct worker *worker)
{
	return batch_begin(worker, false);
}

int worker_commit(struct worker *worker)
{
	int rc = batch_commit(worker);

	if (rc != OK)
		forget_out(worker);
	return rc;
}

void worker_rollback(struct worker *worker)
{
	store_batch_rollback(worker->store);
	forget_out(worker);
}

struct outgoing *worker_send(struct worker *worker, const struct outbox *row)
{
	struct outgoing *out = *worker->out_tail = outgoing_new(row);

	worker->out_tail = &out->next;
	worker_rooms_take(&worker->rooms, row);
	return out;
}

void worker_hand_over(struct worker *worker, struct outgoing **out)
{
	while (*out)
		out = &(*out)->next;
	*out = worker->out;
	worker->out = NULL;
	worker->out_tail = &worker->out;
}

static int run_item(struct worker *worker, struct item *item)
{
	int rc;

	if (item->kind != ITEM_MESSAGE && item->kind != ITEM_RECEIPT)
		return worker_run(worker, item);
	if (crash_guilty(worker->crash, item->digest))
		return worker_quarantine(worker, item, QUARANTINE_SILENT);
	crash_enter(worker->crash, item->digest, worker_phone(worker, item));
	rc = worker_run(worker, item);
	crash_leave(worker->crash);
	return rc;
}

/* Everything up to `end` (not included) in one transaction. */
static int run_once(struct worker *worker, struct item *items, const struct item *end)
{
	size_t count = 0;
	int rc = batch_begin(worker, store_foresees(worker->store));

	if (rc != OK)
		return rc;
	rc = worker_lock(worker, items, end);
	if (rc == OK)
		rc = worker_foresee(worker, items, end);
	worker_reading_begin(worker->reading, items, end);
	for (struct item *item = items; rc == OK && item != end; item = item->next) {
		arena_reset(worker->arena);
		worker->flow.early = worker_reading_take(worker->reading, item);
		rc = run_item(worker, item);
		worker->flow.early = NULL;
		worker_reading_done(worker->reading);
		if (rc == OK && ++count % PUSH_EACH == 0)
			rc = store_push(worker->store);
	}
	worker_reading_end(worker->reading);
	if (rc == OK) /* alerts leave together with the replies */
		rc = worker_claim_new(worker);
	if (rc != OK) {
		worker_rollback(worker);
		return rc;
	}
	return worker_commit(worker);
}

/* Once more with more locks, when another gateway was at work on what was not foreseen. */
static int run_batch(struct worker *worker, struct item *items, const struct item *end)
{
	int rc = run_once(worker, items, end);

	for (int i = 0; i < RUNS_MOST && store_lock_again(worker->store) && rc != OK; i++)
		rc = run_once(worker, items, end);
	return rc;
}

static enum verdict verdict_of(int rc)
{
	if (rc == OK)
		return VERDICT_OK;
	return rc == ERR_STORE_IO ? VERDICT_SILENT : VERDICT_REFUSED;
}

/* Its outcome is durable: before it is acknowledged we know how far the store is. */
static void note_done(struct worker *worker, const struct item *item)
{
	crash_forget(worker->crash, item->digest);
	if (!store_syncs_later(worker->store))
		crash_acknowledge(worker->crash, item->row);
}

static void judge(struct worker *worker, struct item *items, const struct item *end, int rc)
{
	for (struct item *item = items; item != end; item = item->next) {
		item->verdict = verdict_of(rc);
		if (rc == OK && item->kind == ITEM_MESSAGE)
			note_done(worker, item);
	}
}

/* Stored raw and answered; if even the apology fails, stored raw; if that fails, refused for now.
 */
static int quarantine(struct worker *worker, struct item *item)
{
	int rc = ERR_STORE;

	for (int how = QUARANTINE_ANSWERED; how <= QUARANTINE_SILENT && rc != OK; how++) {
		rc = worker_begin(worker);
		if (rc != OK)
			return rc;
		arena_reset(worker->arena);
		rc = worker_quarantine(worker, item, (enum quarantine)how);
		if (rc == OK)
			rc = worker_commit(worker);
		else
			worker_rollback(worker);
		if (worker_is_trouble(rc))
			return rc;
	}
	return rc;
}

/* After a failure in a batch: one transaction per item, so that only the culprit suffers. */
static int replay(struct worker *worker, struct item *items, struct outgoing **out)
{
	for (struct item *item = items; item; item = item->next) {
		int rc = run_batch(worker, item, item->next);

		if (rc != OK && !worker_is_trouble(rc) && item->kind == ITEM_MESSAGE) {
			log_error("worker",
				"message quarantined link=%s error=\"%s\" detail=\"%s\"",
				item->link, error_text(rc), store_detail(worker->store));
			rc = quarantine(worker, item);
		}
		if (worker_is_trouble(rc)) {
			judge(worker, item, NULL, rc);
			return rc;
		}
		if (rc != OK)
			log_error("worker", "not stored kind=%d error=\"%s\" detail=\"%s\"",
				(int)item->kind, error_text(rc), store_detail(worker->store));
		judge(worker, item, item->next, rc);
		if (rc != OK && item->kind != ITEM_MESSAGE && item->kind != ITEM_RECEIPT)
			/* our bug; trying it for ever would not mend it */
			item->verdict = VERDICT_SILENT;
		worker_hand_over(worker, out);
	}
	return OK;
}

static bool wants_room(const struct item *items)
{
	for (; items; items = items->next) {
		if (items->kind == ITEM_MESSAGE)
			return true;
	}
	return false;
}

static void note_trouble(struct worker *worker, int rc)
{
	int before = atomic_exchange(&worker->last_error, rc);

	if (rc == ERR_STORE_FULL && worker->disk)
		disk_on_full(worker->disk);
	if (rc != before && rc != OK)
		log_error("worker", "the store fails error=\"%s\" detail=\"%s\"", error_text(rc),
			store_detail(worker->store));
	else if (rc != before)
		log_info("worker", "the store works again");
}

int worker_step(struct worker *worker, struct item *items, struct outgoing **out)
{
	int rc;

	*out = NULL;
	if (worker->disk && !disk_ok(worker->disk) && wants_room(items)) {
		judge(worker, items, NULL, ERR_STORE_FULL);
		return ERR_STORE_FULL;
	}
	rc = run_batch(worker, items, NULL);
	if (rc == OK || worker_is_trouble(rc)) {
		judge(worker, items, NULL, rc);
		worker_hand_over(worker, out);
	} else {
		log_warn(
			"worker", "batch rolled back, one by one now error=\"%s\"", error_text(rc));
		rc = replay(worker, items, out);
	}
	note_trouble(worker, rc);
	return rc;
}

bool worker_may_submit(const struct worker *worker)
{
	int64_t until = atomic_load(&worker->lease_until);

	return until == INT64_MAX || clock_boot() < until;
}

void worker_status(const struct worker *worker, struct worker_status *out)
{
	struct loops_status loops;

	loops_status(worker->flow.loops, clock_utc(), &loops);
	*out = (struct worker_status){
		.loops = loops,
		.batches = atomic_load(&worker->batches),
		.handled = atomic_load(&worker->handled),
		.redelivered = atomic_load(&worker->redelivered),
		.quarantined = atomic_load(&worker->quarantined),
		.parts = atomic_load(&worker->parts),
		.early_receipts = atomic_load(&worker->early_receipts),
		.lost_receipts = atomic_load(&worker->lost_receipts),
		.mislabelled = atomic_load(&worker->mislabelled),
		.expired = atomic_load(&worker->expired),
		.held = atomic_load(&worker->held),
		.last_commit = atomic_load(&worker->last_commit),
		.last_tick = atomic_load(&worker->last_tick),
		.last_error = atomic_load(&worker->last_error),
	};
	crash_holds(worker->crash, clock_utc(), &out->holds);
}
