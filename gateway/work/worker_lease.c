/* Living beside other gateways on one store: signs of life, the right to submit that follows from
 * them, and what a silent gateway leaves. See store/message/gateway.h.
 */
#include <stdlib.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/work/worker_hold.h"
#include "gateway/work/worker_lease.h"
#include "store/base/lock.h"
#include "store/message/gateway.h"

#define TAKE_MOST 500 /* rows at a time; the rest at the next beat */

void worker_lease_begin(struct worker *worker, bool shared)
{
	worker->shared = shared;
	atomic_store(&worker->lease_until, shared ? 0 : INT64_MAX);
}

static size_t links_of(const struct worker *worker, const char *links[SHARES_MAX])
{
	const struct shares *shares = &worker->rooms.shares;
	size_t count = 0;

	for (size_t i = 0; i < shares->count; i++) {
		if (shares->list[i].known)
			links[count++] = shares->list[i].link;
	}
	return count;
}

/* A screen of a session is of no use to anybody after half a minute. */
static int send_taken(struct worker *worker, const struct outbox *row)
{
	if (store_outbox_class(row->kind) == OUTBOX_SCREEN)
		return store_outbox_set(worker->store, row->id, "unsure", 0);
	worker_send(worker, row);
	return OK;
}

static int take_over(struct worker *worker, const char *const *links, size_t nlinks)
{
	struct outbox *rows = xcalloc(TAKE_MOST, sizeof(*rows));
	size_t count = 0;
	int rc;

	arena_reset(worker->arena);
	rc = store_gateway_take_over(worker->store, worker->arena, worker->config.settings->name,
		links, nlinks, rows, TAKE_MOST, &count);
	for (size_t i = 0; rc == OK && i < count; i++)
		rc = send_taken(worker, &rows[i]);
	if (rc == OK && count > 0)
		log_warn("outbox", "taken over from a silent gateway rows=%zu", count);
	free(rows);
	return rc;
}

int worker_beat(struct worker *worker)
{
	const char *links[SHARES_MAX];
	int64_t sent = clock_boot();
	size_t count;
	int rc;

	if (!worker->shared ||
		(worker->beat_sent && sent - worker->beat_sent < GATEWAY_BEAT * 1000))
		return OK;
	count = links_of(worker, links);
	rc = store_gateway_beat(
		worker->store, worker->config.settings->name, links, count);
	if (rc != OK)
		return rc;
	/* Who was away itself cannot tell who is: the others may only not be back yet. */
	if (!worker->beat_sent || sent - worker->beat_sent > GATEWAY_LEASE * 1000)
		worker->beating_since = sent;
	worker->beat_sent = sent;
	atomic_store(&worker->lease_until, sent + GATEWAY_LEASE * 1000);
	if (sent - worker->beating_since < GATEWAY_SILENT * 1000)
		return OK;
	return take_over(worker, links, count);
}

int worker_lock(struct worker *worker, const struct item *items, const struct item *end)
{
	const char **phones;
	size_t count = 0;
	int rc;

	if (!worker->shared)
		return OK;
	for (const struct item *item = items; item != end; item = item->next)
		count += item->kind == ITEM_MESSAGE;
	arena_reset(worker->arena);
	phones = xcalloc(count + 1, sizeof(*phones));
	count = 0;
	for (const struct item *item = items; item != end; item = item->next) {
		if (item->kind == ITEM_MESSAGE)
			phones[count++] = worker_phone(worker, item);
	}
	rc = store_lock(worker->store, LOCK_PHONE, phones, count);
	free(phones);
	return rc;
}
