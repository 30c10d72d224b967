/* Delivery receipts and submit results in the open batch; receipts that came before their result
 * are parked. */
#include <string.h>

#include "gateway/clock.h"
#include "gateway/log.h"
#include "gateway/worker_state.h"
#include "store/deadline.h"

#define PARKED	     "receipt" /* kind of the session row that parks a receipt */
#define PARK_SECONDS 3600

static const char *state_of(const struct receipt *receipt)
{
	return receipt->state == RECEIPT_DELIVERED ? "delivered" : "failed";
}

/* A state that the row has left behind already changes nothing. */
static int set_state(
	struct worker *worker, int64_t id, const char *state, const char *message_id, int64_t due)
{
	int rc = store_outbox_set(worker->store, id, state, message_id, due);

	if (rc == ERR_STATE || rc == ERR_NOT_FOUND) {
		log_debug("outbox", "id=%lld state=%s ignored: %s", (long long)id, state,
			error_text(rc));
		rc = OK;
	}
	return rc;
}

static const char *park_key(struct worker *worker, const char *link, const char *message_id)
{
	return arena_printf(worker->arena, "%s %s", link ? link : "", message_id);
}

static int park(struct worker *worker, const struct item *item)
{
	const struct receipt *receipt = &item->u.receipt;
	int64_t until = worker->flow.now + PARK_SECONDS;
	int rc = OK;

	for (size_t i = 0; rc == OK && i < receipt->nvariant; i++)
		rc = store_session_put(worker->store, PARKED,
			park_key(worker, item->link, receipt->variants[i]), state_of(receipt),
			until);
	if (rc == OK) {
		worker->parked_until = until > worker->parked_until ? until : worker->parked_until;
		atomic_fetch_add(&worker->early_receipts, 1);
	}
	return rc;
}

int worker_run_receipt(struct worker *worker, const struct item *item)
{
	const struct receipt *receipt = &item->u.receipt;
	const char *variants[RECEIPT_VARIANTS];
	int64_t id;
	int rc;

	if (receipt->nvariant == 0) {
		atomic_fetch_add(&worker->lost_receipts, 1);
		log_warn(item->link, "receipt without a readable message id");
		return OK;
	}
	if (!receipt->final)
		return OK; /* still under way: nothing that we keep */
	for (size_t i = 0; i < receipt->nvariant; i++)
		variants[i] = receipt->variants[i];
	rc = store_outbox_by_message_id(
		worker->store, item->link, variants, receipt->nvariant, &id);
	if (rc == ERR_NOT_FOUND)
		return park(worker, item);
	return rc == OK ? set_state(worker, id, state_of(receipt), NULL, 0) : rc;
}

/* The receipt was parked under its own spellings of the id; ours may be yet another one. */
static int match_parked(struct worker *worker, const struct item_result *result)
{
	char variants[RECEIPT_VARIANTS][RECEIPT_ID_SIZE];
	size_t count = receipt_variants(result->message_id, variants);
	struct outbox row;
	const char *state, *key = NULL;
	int rc = store_outbox_get(worker->store, worker->arena, result->id, &row);

	if (rc != OK)
		return rc == ERR_NOT_FOUND ? OK : rc;
	rc = ERR_NOT_FOUND;
	for (size_t i = 0; rc == ERR_NOT_FOUND && i < count; i++) {
		key = park_key(worker, row.link, variants[i]);
		rc = store_session_get(
			worker->store, worker->arena, PARKED, key, worker->flow.now, &state);
	}
	if (rc != OK)
		return rc == ERR_NOT_FOUND ? OK : rc;
	rc = set_state(worker, result->id, strcmp(state, "delivered") == 0 ? "delivered" : "failed",
		NULL, 0);
	return rc == OK ? store_session_drop(worker->store, PARKED, key) : rc;
}

int worker_run_result(struct worker *worker, const struct item *item)
{
	const struct item_result *result = &item->u.result;
	const char *message_id = result->message_id[0] ? result->message_id : NULL;
	int rc = set_state(worker, result->id, result->state, message_id, result->due);

	if (rc == OK && strcmp(result->state, "dropped") == 0)
		rc = worker_lost_ussd(worker, result->id);
	if (rc == OK && message_id && strcmp(result->state, "sent") == 0 &&
		worker->flow.now <= worker->parked_until)
		rc = match_parked(worker, result);
	return rc;
}
