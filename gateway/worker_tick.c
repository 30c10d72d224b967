/* What time alone brings: deadlines, rows that others put, sweeps, and what the last process left.
 * See worker.h. */
#include <stdlib.h>

#include "gateway/clock.h"
#include "gateway/log.h"
#include "gateway/worker_state.h"
#include "store/deadline.h"

#define TICK_MAX_SECONDS  60 /* reminders have no row that says when: look at least so often */
#define SWEEP_SECONDS	  600
#define ROUNDS_MOST	  8
#define CLAIM_MOST	  500
#define RECLAIM_MOST	  100000
#define LATE_MESSAGES_MAX 20

/* Long messages that will not be completed: the sender is asked to send again. */
static int sweep_parts(struct worker *worker)
{
	struct part_key key;
	struct flow_message message;
	int64_t before = worker->flow.now - worker->config.parts;
	int rc = OK;

	for (int i = 0; i < LATE_MESSAGES_MAX; i++) {
		arena_reset(worker->arena);
		rc = store_part_late(worker->store, worker->arena, before, &key);
		if (rc != OK)
			break;
		rc = store_part_forget(worker->store, &key);
		if (rc != OK)
			break;
		message = (struct flow_message){
			.link = key.link, .from = key.source, .to = key.destination, .text = "",
		};
		rc = flow_parts_missing(&worker->flow, &message);
		if (rc != OK)
			break;
	}
	return rc == ERR_NOT_FOUND ? OK : rc;
}

static int sweep(struct worker *worker)
{
	int rc = worker_begin(worker);

	if (rc != OK)
		return rc;
	rc = store_redelivery_sweep(worker->store, worker->flow.now - worker->config.redelivery);
	if (rc == OK)
		rc = store_session_sweep(worker->store, worker->flow.now);
	if (rc == OK)
		rc = sweep_parts(worker);
	if (rc == OK)
		return worker_commit(worker);
	worker_rollback(worker);
	return rc;
}

static int run_deadlines(struct worker *worker, int64_t now)
{
	int64_t next, row;
	int rc = store_deadline_next(worker->store, &row);

	if (rc != OK)
		return rc;
	if (!(row > 0 && row <= now) && now >= worker->ticked &&
		now - worker->ticked < TICK_MAX_SECONDS &&
		!(worker->next_deadline > 0 && worker->next_deadline <= now))
		return OK;
	rc = worker_begin(worker);
	if (rc != OK)
		return rc;
	arena_reset(worker->arena);
	rc = flow_tick(&worker->flow, &next);
	if (rc != OK) {
		worker_rollback(worker);
		if (!worker_is_trouble(rc))
			log_error("worker", "deadlines failed error=\"%s\" detail=\"%s\"",
				error_text(rc), store_detail(worker->store));
		worker->ticked = now; /* not again at once */
		worker->next_deadline = 0;
		return worker_is_trouble(rc) ? rc : OK;
	}
	rc = worker_commit(worker);
	if (rc == OK) {
		worker->ticked = now;
		worker->next_deadline = next;
	}
	return rc;
}

/* Many may be due at once (sessions of USSD that nobody answers): a few batches of them, then
 * messages again. */
static int run_rounds(struct worker *worker, int64_t now)
{
	int rc = OK;

	for (int round = 0; rc == OK && round < ROUNDS_MOST; round++) {
		rc = run_deadlines(worker, now);
		if (worker->next_deadline == 0 || worker->next_deadline > now)
			break;
	}
	return rc;
}

static int claim(struct worker *worker, int64_t now, size_t room)
{
	struct outbox rows[CLAIM_MOST];
	size_t most = room < COUNT_OF(rows) ? room : COUNT_OF(rows), count;
	int rc;

	if (room == 0)
		return OK;
	arena_reset(worker->arena);
	rc = store_outbox_claim(worker->store, worker->arena, worker->config.settings->name, now,
		rows, most, &count);
	for (size_t i = 0; rc == OK && i < count; i++)
		worker_send(worker, &rows[i]);
	if (rc == OK && count < most)
		worker->spilled = false;
	return rc;
}

int worker_tick(struct worker *worker, size_t room, struct outgoing **out)
{
	int64_t now = clock_utc();
	int rc = OK;

	*out = NULL;
	if (worker->disk && !disk_ok(worker->disk))
		return ERR_STORE_FULL;
	if (now - worker->swept >= SWEEP_SECONDS || now < worker->swept) {
		worker->swept = now;
		rc = sweep(worker);
	}
	if (rc == OK)
		rc = run_rounds(worker, now);
	if (rc == OK)
		rc = claim(worker, now, room);
	worker_hand_over(worker, out);
	if (rc == ERR_STORE_FULL && worker->disk)
		disk_on_full(worker->disk);
	return rc;
}

int worker_reclaim(struct worker *worker, struct outgoing **out)
{
	struct outbox *rows = xcalloc(RECLAIM_MOST, sizeof(*rows));
	size_t count, given_up = 0;
	int rc;

	*out = NULL;
	arena_reset(worker->arena);
	rc = store_outbox_reclaim(worker->store, worker->arena, worker->config.settings->name, rows,
		RECLAIM_MOST, &count);
	for (size_t i = 0; rc == OK && i < count; i++) {
		struct outgoing *reply = outgoing_new(&rows[i]);

		if (outgoing_is_ussd(reply)) {
			rc = store_outbox_set(worker->store, reply->id, "unsure", NULL, 0);
			given_up++;
		} else {
			worker_send(worker, &rows[i]);
		}
		outgoing_free(reply);
	}
	if (rc == OK && count > 0)
		log_info("outbox", "taken up again rows=%zu ussd_given_up=%zu", count - given_up,
			given_up);
	worker_hand_over(worker, out);
	free(rows);
	arena_reset(worker->arena);
	return rc;
}
