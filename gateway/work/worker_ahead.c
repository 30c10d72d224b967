/* What a batch will ask the store, asked before it begins, in two steps of one waiting each: by
 * what is known of the messages, then by who sent them. See flows/foresee.h.
 */
#include <string.h>

#include "flows/foresee.h"
#include "gateway/inbox/spread.h"
#include "gateway/work/worker_ahead.h"
#include "gateway/work/worker_hold.h"
#include "gateway/work/worker_rooms.h"
#include "store/base/lock.h"
#include "store/message/foresee.h"

static void foresee_message(struct worker *worker, const struct item *item)
{
	store_redelivery_foresee(worker->store, item->digest);
	flow_foresee(&worker->flow, worker_phone(worker, item));
}

static void foresee_result(struct worker *worker, const struct item *item)
{
	const struct item_result *result = &item->u.result;

	if (strcmp(result->state, "sent") == 0)
		worker_foresee_sent(worker, item);
}

static int by_message(struct worker *worker, const struct item *items, const struct item *end)
{
	size_t messages = 0;

	store_version_foresee(worker->store);
	worker_rooms_foresee(worker);
	for (const struct item *item = items; item != end; item = item->next) {
		if (item->kind == ITEM_MESSAGE)
			foresee_message(worker, item);
		else if (item->kind == ITEM_RESULT)
			foresee_result(worker, item);
		messages += item->kind == ITEM_MESSAGE || item->kind == ITEM_RECEIPT;
	}
	store_rows_foresee(worker->store, messages);
	return store_ask(worker->store);
}

static int by_sender(struct worker *worker, struct item *items, const struct item *end)
{
	const char *desa;
	int rc = OK;

	for (struct item *item = items; rc == OK && item != end; item = item->next) {
		if (item->kind != ITEM_MESSAGE)
			continue;
		rc = flow_foresee_places(&worker->flow, worker_phone(worker, item), &desa);
		item->home = rc == OK && desa ? spread_hash(desa) : 0;
	}
	if (rc == OK) /* those that were foreseen */
		rc = store_lock(worker->store, LOCK_PLACE, NULL, 0);
	return rc == OK ? store_ask(worker->store) : rc;
}

int worker_foresee(struct worker *worker, struct item *items, const struct item *end)
{
	int rc;

	if (!store_foresees(worker->store))
		return OK;
	arena_reset(worker->arena);
	rc = by_message(worker, items, end);
	if (rc == OK)
		rc = worker_refresh_places(worker);
	if (rc == OK)
		rc = by_sender(worker, items, end);
	return rc;
}
