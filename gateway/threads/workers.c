/* Several workers as one: see workers.h. */
#include "gateway/threads/workers.h"

#include <stdlib.h>

#include "gateway/os/crash.h"
#include "gateway/os/crash_page.h"
#include "gateway/threads/worker_thread.h"

_Static_assert(2 * WORKERS_MAX <= CRASH_LANES, "each has a place for what it is at");

struct workers {
	struct workers_setup setup;
	struct worker *workers[WORKERS_MAX];
	struct worker_thread *threads[WORKERS_MAX];
};

/* Each its part of the room: none knows what the others take. */
static void part_of_shares(void *context, struct shares *out)
{
	const struct workers *workers = context;
	size_t count = workers->setup.count;

	workers->setup.worker.shares(workers->setup.worker.context, out);
	for (size_t i = 0; i < out->count; i++) {
		for (size_t class = 0; class < OUTBOX_CLASSES; class++) {
			size_t *room = &out->list[i].room[class];

			*room = (*room + count - 1) / count;
		}
	}
}

struct workers *workers_start(const struct workers_setup *setup)
{
	struct workers *workers = xcalloc(1, sizeof(*workers));

	workers->setup = *setup;
	for (unsigned i = 0; i < setup->count; i++) {
		struct worker_setup each = setup->worker;

		each.store = setup->stores[i];
		each.shares = setup->worker.shares ? part_of_shares : NULL;
		each.context = workers;
		workers->workers[i] = worker_new(&each);
	}
	for (unsigned i = 0; i < setup->count; i++)
		workers->threads[i] = worker_thread_start(&(struct worker_thread_setup){
			.worker = workers->workers[i], .inbox = setup->inbox,
			.batch = setup->batch, .number = i});
	return workers;
}

void workers_configure(struct workers *workers, const struct worker_config *config)
{
	for (unsigned i = 0; i < workers->setup.count; i++)
		worker_thread_configure(workers->threads[i], config);
}

int64_t workers_turned(const struct workers *workers)
{
	int64_t oldest = INT64_MAX;

	for (unsigned i = 0; i < workers->setup.count; i++) {
		int64_t turned = worker_thread_turned(workers->threads[i]);

		oldest = turned < oldest ? turned : oldest;
	}
	return oldest;
}

bool workers_may_submit(const struct workers *workers)
{
	return worker_may_submit(workers->workers[0]);
}

static void add(struct worker_status *sum, const struct worker_status *more)
{
	sum->loops.phones += more->loops.phones;
	sum->loops.links += more->loops.links;
	sum->loops.silenced += more->loops.silenced;
	sum->loops.repeated += more->loops.repeated;
	sum->loops.muted_phones += more->loops.muted_phones;
	sum->loops.muted_links += more->loops.muted_links;
	sum->batches += more->batches;
	sum->handled += more->handled;
	sum->redelivered += more->redelivered;
	sum->quarantined += more->quarantined;
	sum->parts += more->parts;
	sum->early_receipts += more->early_receipts;
	sum->lost_receipts += more->lost_receipts;
	sum->mislabelled += more->mislabelled;
	sum->expired += more->expired;
	sum->held += more->held;
	if (more->last_commit > sum->last_commit)
		sum->last_commit = more->last_commit;
	if (sum->last_error == OK)
		sum->last_error = more->last_error;
}

void workers_status(const struct workers *workers, struct worker_status *out)
{
	struct worker_status more;

	worker_status(workers->workers[0], out);
	for (unsigned i = 1; i < workers->setup.count; i++) {
		int64_t turned = worker_thread_turned(workers->threads[i]);

		worker_status(workers->workers[i], &more);
		add(out, &more);
		if (turned < out->last_tick)
			out->last_tick = turned;
	}
}

void workers_survey(struct workers *workers, struct survey *out)
{
	worker_survey(workers->workers[0], out);
}

void workers_stop(struct workers *workers)
{
	if (!workers)
		return;
	inbox_close(workers->setup.inbox);
	for (unsigned i = 0; i < workers->setup.count; i++)
		worker_thread_stop(workers->threads[i]);
}

void workers_free(struct workers *workers)
{
	if (!workers)
		return;
	for (unsigned i = 0; i < workers->setup.count; i++)
		worker_free(workers->workers[i]);
	free(workers);
}
