/* What time alone brings: deadlines, rows that others put, sweeps, and what the last process left.
 * See worker.h. */
#include <stdlib.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/work/worker.h"
#include "gateway/work/worker_hold.h"
#include "gateway/work/worker_lease.h"
#include "gateway/work/worker_rooms.h"
#include "gateway/work/worker_state.h"
#include "store/message/deadline.h"

#define TICK_MAX_SECONDS  60 /* reminders have no row that says when: look at least so often */
#define FOLD_MESSAGES 100 /* of a tick: more is much */
#define FOLD_SECONDS  5
#define SWEEP_SECONDS	  120
#define EXPIRE_MOST	  500
#define EXPIRE_MS	  10000
#define FREE_SECONDS	  30
#define FREE_TICKS	  40
#define CLOCK_SLACK	  60 /* set back by less is not worth a look */
#define RETRY_MOST	  86400 /* longest pause that can be configured */
#define ROUNDS_MOST	  8
#define ROUNDS_MS	  20 /* messages and pages wait meanwhile */
#define ROUNDS_LATE_MS	  100 /* of a tick, when what is due is late */
#define LATE_SECONDS	  10
#define ROUND_FIRST	  16 /* deadlines, and people of each: nobody knows what they cost */
#define ROUND_MOST	  256
#define ROUND_SLOW_MS	  20
#define ROUND_FAST_MS	  5
#define RECLAIM_MOST	  100000

static int sweep(struct worker *worker)
{
	int rc = worker_begin(worker);

	if (rc != OK)
		return rc;
	rc = store_redelivery_sweep(worker->store, worker->flow.now - worker->config.redelivery);
	if (rc == OK)
		rc = store_session_sweep(worker->store, worker->flow.now);
	if (rc == OK)
		rc = worker_sweep_parts(worker);
	if (rc == OK)
		return worker_commit(worker);
	worker_rollback(worker);
	return rc;
}

/* One by one from now on, until all that is due has run; the one that fails alone, too, is put
 * off. */
static int deadline_failed(struct worker *worker, int rc)
{
	struct deadline culprit = {0};
	bool alone = worker->deadlines_alone;

	log_error("worker", "%s failed error=\"%s\" detail=\"%s\"",
		alone ? "a deadline" : "deadlines", error_text(rc), store_detail(worker->store));
	worker->deadlines_alone = true;
	if (!alone)
		return OK;
	rc = worker_begin(worker);
	if (rc != OK)
		return rc;
	rc = flow_postpone(&worker->flow, &culprit);
	if (rc != OK) {
		worker_rollback(worker);
		return worker_is_trouble(rc) ? rc : OK;
	}
	log_error("worker", "deadline put off by an hour kind=%s subject=\"%s\"", culprit.kind,
		culprit.subject);
	return worker_commit(worker);
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
	worker->flow.doubtful = clock_doubtful();
	worker_guard_deadlines(worker);
	worker->flow.alone = worker->deadlines_alone;
	rc = flow_tick(&worker->flow, &next);
	if (rc != OK) {
		worker_rollback(worker);
		worker->ticked = now; /* not again at once */
		worker->next_deadline = 0;
		return worker_is_trouble(rc) ? rc : deadline_failed(worker, rc);
	}
	rc = worker_commit(worker);
	if (rc == OK) {
		if (worker->flow.skipped)
			log_warn("worker", "skipped, its day is over job=\"%s\"",
				worker->flow.skipped);
		worker->ticked = now;
		worker->next_deadline = next;
		worker->deadlines_alone &= next > 0 && next <= now;
	}
	return rc;
}

/* A round takes as many as are done in a short while: a summary for one person may cost more than a
 * hundred sessions of USSD. */
static int run_round(struct worker *worker, int64_t now)
{
	size_t *at_once = &worker->flow.at_once;
	int64_t began = clock_now(), took;
	int rc;

	*at_once = *at_once ? *at_once : ROUND_FIRST;
	rc = run_deadlines(worker, now);
	took = clock_now() - began;
	if (worker->next_deadline == 0 || worker->next_deadline > now)
		*at_once = ROUND_FIRST; /* what comes next may be of another kind */
	else if (took > ROUND_SLOW_MS && *at_once > 1)
		*at_once /= 2;
	else if (took < ROUND_FAST_MS && *at_once < ROUND_MOST)
		*at_once *= 2;
	return rc;
}

/* Many may be due at once (sessions of USSD that nobody answers): a few batches of them, then
 * messages again. What is always due (counting again) gets a short while of each tick, what is late
 * a longer one. */
static int run_rounds(struct worker *worker, int64_t now)
{
	int64_t began = clock_now(), most;
	int rc = OK;

	for (int round = 0; rc == OK && round < ROUNDS_MOST; round++) {
		rc = run_round(worker, now);
		if (worker->next_deadline == 0 || worker->next_deadline > now)
			break;
		most = worker->next_deadline > now - LATE_SECONDS ? ROUNDS_MS : ROUNDS_LATE_MS;
		if (clock_now() - began >= most)
			break;
	}
	return rc;
}

/* Chunk by chunk: a long outage leaves many that are of no use any more. */
static int expire(struct worker *worker, int64_t now)
{
	int rc = OK;

	if (clock_doubtful() || clock_now() < worker->expires_next)
		return OK;
	worker->expires_next = clock_now() + EXPIRE_MS;
	for (int class = OUTBOX_ANSWER; rc == OK && class < OUTBOX_CLASSES; class++) {
		int64_t before =
			hours_oldest(&worker->config.hours, (enum outbox_class)class, now);
		size_t expired = 0;

		if (before > 0)
			rc = store_outbox_expire(worker->store, (enum outbox_class)class, before,
				EXPIRE_MOST, &expired);
		if (expired == EXPIRE_MOST)
			worker->expires_next = 0; /* more of them, at the next tick */
		if (expired > 0)
			log_warn("outbox", "too late to be sent class=%s rows=%zu",
				store_outbox_class_name((enum outbox_class)class), expired);
		atomic_fetch_add(&worker->expired, expired);
	}
	return rc;
}

/* Now and then; for a while often when a link went: its last rows come back one by one. */
static int free_links(struct worker *worker, int64_t now)
{
	size_t known = 0;

	for (size_t i = 0; i < worker->rooms.shares.count; i++)
		known += worker->rooms.shares.list[i].known;
	if (known != worker->links_known)
		worker->links_left = FREE_TICKS;
	worker->links_known = known;
	if (worker->links_left == 0 && now - worker->freed < FREE_SECONDS && now >= worker->freed)
		return OK;
	worker->links_left -= worker->links_left > 0;
	worker->freed = now;
	return worker_free_links(worker);
}

static void watch_clock(struct worker *worker)
{
	struct clock_jump jump = clock_last_jump();

	if (jump.at <= worker->clock_jumped)
		return;
	log_warn("clock", "the wall clock jumped by %lld s", (long long)jump.seconds);
	worker->clock_jumped = jump.at;
	worker->derive = "clock";
}

/* Deadlines are derived from settings and facts: at the start, after a reload, after a jump. */
static int derive(struct worker *worker)
{
	int rc;

	if (!worker->derive)
		return OK;
	rc = worker_begin(worker);
	if (rc != OK)
		return rc;
	rc = flow_derive(&worker->flow);
	if (rc != OK) {
		worker_rollback(worker);
		return rc;
	}
	rc = worker_commit(worker);
	if (rc == OK) {
		log_info("worker", "deadlines derived reason=%s", worker->derive);
		worker->derive = NULL;
		worker->ticked = 0; /* the calendar's at once */
	}
	return rc;
}

/* Rows that wait for a new try have a time of the wall clock. When that was set back (or nobody
 * knows what it was), they do not wait for it to come again. */
static int hasten(struct worker *worker, int64_t now)
{
	int64_t after = worker->swept ? now : now + RETRY_MOST;
	int rc = worker_begin(worker);

	if (rc != OK)
		return rc;
	rc = store_outbox_hasten(worker->store, after, now);
	if (rc == OK)
		return worker_commit(worker);
	worker_rollback(worker);
	return rc;
}

/* Counts are folded when little comes in, and every few seconds: what many batches add to the same
 * is written once. Of many a slice now, and one behind each of the next batches. What is read by
 * place is filed (store/base/filed.h). */
static int fold(struct worker *worker, int64_t now)
{
	uint64_t handled = atomic_load(&worker->handled), lately = handled - worker->fold_handled;
	int rc = store_file_reports(worker->store, lately == 0);

	worker->fold_handled = handled;
	if (rc != OK)
		return rc;
	if (worker->folded == 0)
		worker->folded = now;
	if (lately > FOLD_MESSAGES && now >= worker->folded &&
		now - worker->folded < FOLD_SECONDS && !store_fold_due(worker->store))
		return OK;
	worker->folded = now;
	worker->folds = true;
	return worker_fold_some(worker);
}

bool worker_folds(const struct worker *worker)
{
	return worker->folds;
}

int worker_fold_some(struct worker *worker)
{
	return worker->folds ? store_fold_some(worker->store, &worker->folds) : OK;
}

int worker_tick(struct worker *worker, struct outgoing **out)
{
	int64_t now = clock_utc();
	int rc = OK;

	*out = NULL;
	/* In the reserve messages are refused, but what is due and what waits still goes out. */
	if (worker->disk && !disk_ok(worker->disk) && disk_is_full(worker->disk))
		return ERR_STORE_FULL;
	rc = worker_beat(worker);
	if (rc == OK)
		rc = worker_hear(worker);
	if (rc == OK && (now + CLOCK_SLACK < worker->seen || !worker->swept))
		rc = hasten(worker, now);
	worker->seen = now;
	watch_clock(worker);
	if (rc == OK)
		rc = derive(worker);
	if (rc == OK && !clock_doubtful() &&
		(now - worker->swept >= SWEEP_SECONDS || now < worker->swept)) {
		worker->swept = now;
		rc = sweep(worker);
	}
	if (rc == OK)
		rc = worker_tell_operator(worker);
	if (rc == OK)
		rc = run_rounds(worker, now);
	if (rc == OK)
		rc = free_links(worker, now);
	if (rc == OK)
		rc = expire(worker, now);
	if (rc == OK)
		rc = worker_claim_all(worker);
	if (rc == OK)
		rc = fold(worker, now);
	if (rc == OK)
		rc = worker_look_around(worker);
	worker_hand_over(worker, out);
	if (rc == ERR_STORE_FULL && worker->disk)
		disk_on_full(worker->disk);
	return rc;
}

void worker_watch(struct worker *worker, unsigned number)
{
	worker->number = number;
	crash_watch(worker->crash, number);
}

int worker_reclaim(struct worker *worker, struct outgoing **out)
{
	struct outbox *rows = xcalloc(RECLAIM_MOST, sizeof(*rows));
	size_t count = 0, given_up = 0;
	int rc;

	*out = NULL;
	arena_reset(worker->arena);
	rc = worker_beat(worker); /* the right to submit, before there is anything to */
	if (rc != ERR_STORE_IO)
		rc = store_outbox_reclaim(worker->store, worker->arena,
			worker->config.settings->name, rows, RECLAIM_MOST, &count);
	for (size_t i = 0; rc == OK && i < count; i++) {
		struct outgoing *reply = outgoing_new(&rows[i]);

		if (outgoing_is_ussd(reply)) {
			rc = store_outbox_set(worker->store, reply->id, "unsure", 0);
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
