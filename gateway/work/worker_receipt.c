/* Delivery receipts and submit results in the open batch; receipts that came before their result
 * are parked. */
#include <string.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/work/worker_ahead.h"
#include "gateway/work/worker_state.h"
#include "parsers/text/phone.h"
#include "store/message/deadline.h"
#include "store/message/foresee.h"

#define PARKED	     "receipt" /* kind of the session row that parks a receipt */
#define PARK_SECONDS 3600

static const char *state_of(const struct receipt *receipt)
{
	return receipt->state == RECEIPT_DELIVERED ? "delivered" : "failed";
}

/* A state that the row has left behind already changes nothing. */
static int settle(int rc, int64_t id, const char *state)
{
	if (rc != ERR_STATE && rc != ERR_NOT_FOUND)
		return rc;
	log_debug("outbox", "id=%lld state=%s ignored: %s", (long long)id, state, error_text(rc));
	return OK;
}

static int set_state(struct worker *worker, int64_t id, const char *state, int64_t due)
{
	return settle(store_outbox_set(worker->store, id, state, due), id, state);
}

static const char *park_key(struct worker *worker, const char *link, const char *message_id)
{
	return arena_printf(worker->arena, "%s %s", link, message_id);
}

/* Under the spelling of the SMSC alone: an id that differs is another message's. */
static int park(struct worker *worker, const struct item *item)
{
	const struct receipt *receipt = &item->receipt;
	int64_t until = worker->flow.now + PARK_SECONDS;
	int rc = store_session_put(worker->store, PARKED,
		park_key(worker, item->link, receipt->variants[0]), state_of(receipt), until);

	if (rc == OK) {
		worker->parked_until = until > worker->parked_until ? until : worker->parked_until;
		atomic_fetch_add(&worker->early_receipts, 1);
	}
	return rc;
}

static bool is_recipient(struct worker *worker, const struct item *item, int64_t id)
{
	char phone[PHONE_TEXT];
	struct outbox row;

	return phone_normalise(item->u.message.source, phone) &&
		store_outbox_get(worker->store, worker->arena, id, &row) == OK && row.recipient &&
		strcmp(row.recipient, phone) == 0;
}

/* The row that the receipt is about: by its ids; by numbers without a key only when they are of
 * what we sent to that very phone. */
static int find_row(struct worker *worker, const struct item *item, int64_t *id)
{
	const struct receipt *receipt = &item->receipt;
	int rc = ERR_NOT_FOUND;

	for (size_t i = 0; rc == ERR_NOT_FOUND && i < receipt->nvariant; i++) {
		const char *variant = receipt->variants[i];

		rc = store_outbox_by_message_id(worker->store, item->link, &variant, 1, id);
		if (rc == OK && i >= receipt->nkeyed && !is_recipient(worker, item, *id))
			rc = ERR_NOT_FOUND;
	}
	return rc;
}

/* It names nothing that we know: kept raw, and parked where it may only be early. */
static int run_unknown(struct worker *worker, struct item *item)
{
	const struct receipt *receipt = &item->receipt;
	int rc;

	if (receipt->kind == RECEIPT_MAYBE) {
		item->kind = ITEM_MESSAGE;
		return worker_run_message(worker, item);
	}
	rc = worker_keep_raw(worker, item, "receipt");
	if (receipt->nvariant == 0) {
		atomic_fetch_add(&worker->lost_receipts, 1);
		log_debug(item->link, "receipt without a readable message id");
	}
	return rc == OK && receipt->final && receipt->nvariant > 0 ? park(worker, item) : rc;
}

int worker_run_receipt(struct worker *worker, struct item *item)
{
	const struct receipt *receipt = &item->receipt;
	int64_t id;
	int rc = find_row(worker, item, &id);

	if (rc == ERR_NOT_FOUND)
		return run_unknown(worker, item);
	if (rc == OK)
		rc = worker_keep_raw(worker, item, "receipt");
	/* one that is not final tells of a row that is still under way */
	return rc == OK && receipt->final ? set_state(worker, id, state_of(receipt), 0) : rc;
}

/* Another worker or gateway may have parked one. */
static bool may_be_parked(const struct worker *worker)
{
	return worker->shared || worker->flow.now <= worker->parked_until;
}

static const char *text_or_null(const char *text)
{
	return text[0] ? text : NULL;
}

void worker_foresee_sent(struct worker *worker, const struct item *item)
{
	const struct item_result *result = &item->u.result;

	store_outbox_sent_foresee(worker->store, result->id, text_or_null(item->link),
		text_or_null(result->message_id));
	if (may_be_parked(worker))
		store_session_any_foresee(worker->store, PARKED);
}

/* The SMSC may spell the id in the receipt otherwise than in its answer. */
static int match_parked(struct worker *worker, const struct item *item)
{
	const struct item_result *result = &item->u.result;
	char variants[RECEIPT_SPELLINGS][RECEIPT_ID_SIZE];
	size_t count = receipt_variants(result->message_id, variants);
	const char *state = NULL, *key = NULL;
	int rc = ERR_NOT_FOUND;

	for (size_t i = 0; rc == ERR_NOT_FOUND && i < count; i++) {
		key = park_key(worker, item->link, variants[i]);
		rc = store_session_get(
			worker->store, worker->arena, PARKED, key, worker->flow.now, &state);
	}
	if (rc != OK)
		return rc == ERR_NOT_FOUND ? OK : rc;
	rc = set_state(worker, result->id, state, 0);
	return rc == OK ? store_session_drop(worker->store, PARKED, key) : rc;
}

static int run_sent(struct worker *worker, const struct item *item)
{
	const struct item_result *result = &item->u.result;
	bool parked = false;
	int rc = settle(store_outbox_sent(worker->store, result->id, text_or_null(item->link),
				text_or_null(result->message_id)),
		result->id, result->state);

	if (rc == OK && may_be_parked(worker))
		rc = store_session_any(worker->store, PARKED, &parked);
	return rc == OK && parked ? match_parked(worker, item) : rc;
}

int worker_run_result(struct worker *worker, const struct item *item)
{
	const struct item_result *result = &item->u.result;
	int rc;

	if (strcmp(result->state, "sent") == 0)
		return run_sent(worker, item);
	rc = set_state(worker, result->id, result->state, result->due);
	if (rc == OK && strcmp(result->state, "dropped") == 0)
		rc = worker_lost_ussd(worker, result->id);
	return rc;
}
