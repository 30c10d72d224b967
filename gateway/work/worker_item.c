/* One message in the open batch: redelivery, text, flow, replies. See worker_state.h. */
#include <string.h>

#include "flows/turn/secret.h"
#include "gateway/os/log.h"
#include "gateway/smpp/smpp_codes.h"
#include "gateway/work/worker_hold.h"
#include "gateway/work/worker_rooms.h"
#include "gateway/work/worker_state.h"

#define REPLIES_MAX 16
#define BEGINNING   140 /* octets of a message that is too long */

/* An item's strings in the shape that the store and the flows want. */
static struct inbound inbound_of(struct worker *worker, const struct item *item)
{
	const struct item_message *message = &item->u.message;

	return (struct inbound){
		.channel = message->ussd ? "ussd" : "sms",
		.link = item->link,
		.source = worker_phone(worker, item),
		.destination = message->destination,
		.octets = message->octets,
		.length = message->length,
		.esm_class = message->esm_class,
		.data_coding = message->data_coding,
		.received = item->received,
		.digest = item->digest,
	};
}

static struct flow_message flow_message_of(const struct inbound *inbound)
{
	return (struct flow_message){
		.inbound = inbound->id,
		.link = inbound->link,
		.from = inbound->source,
		.to = inbound->destination,
		.text = inbound->text ? inbound->text : "",
	};
}

const char *worker_decode(struct worker *worker, const unsigned char *octets, size_t length,
	uint8_t data_coding, enum alphabet alphabet)
{
	struct text_oddities odd = {0};
	const struct text_knows knows = {reader_knows, worker->config.reader};
	const char *text = text_decode(worker->arena, octets, length, data_coding, alphabet,
		worker->config.reader ? &knows : NULL, &odd);

	if (odd.mislabelled)
		atomic_fetch_add(&worker->mislabelled, 1);
	return text;
}

int worker_gather(struct worker *worker, struct item *item, int64_t inbound)
{
	struct outbox rows[REPLIES_MAX];
	size_t count;
	int rc = store_outbox_of_inbound(
		worker->store, worker->arena, inbound, rows, COUNT_OF(rows), &count);

	item->row = inbound;
	for (size_t i = 0; rc == OK && i < count; i++) {
		if (rows[i].ref && !item->ref[0])
			copy_string(item->ref, sizeof(item->ref), rows[i].ref);
		if (strcmp(rows[i].state, "claimed") != 0 || !rows[i].owner ||
			strcmp(rows[i].owner, worker->config.settings->name) != 0)
			continue;
		if (worker_may_send(worker, &rows[i]))
			worker_send(worker, &rows[i])->generation = item->generation;
		else
			rc = store_outbox_set(worker->store, rows[i].id, "waiting", 0);
	}
	return rc;
}

/* A PIN is not written down: neither its octets nor what they could be guessed from. */
static void mask_sms(const struct worker *worker, struct inbound *inbound)
{
	const char *masked =
		inbound->text == NULL ? NULL : flow_secret(worker->arena, inbound->text);

	if (masked == NULL)
		return;
	inbound->text = masked;
	inbound->octets = NULL;
	inbound->length = 0;
	inbound->digest = NULL;
}

static void warn_muted(struct worker *worker, const struct item *item, const char *what)
{
	char phone[LOG_PHONE];

	log_warn(item->link,
		"%s muted for %d s, a loop: its messages follow or repeat what we send from=%s",
		what, worker->config.settings->mute_seconds,
		log_mask_phone(item->u.message.source, phone));
}

/* Nobody writes so much: the octets are kept, a person reads its beginning, no machine does. */
static int run_too_long(struct worker *worker, struct item *item, const struct inbound *inbound)
{
	const struct item_message *message = &item->u.message;
	struct flow_message flow_message = flow_message_of(inbound);
	size_t length = message->length - message->skip;
	int rc;

	flow_message.text = arena_printf(worker->arena, "%s ...",
		worker_decode(worker, message->octets + message->skip,
			length < BEGINNING ? length : BEGINNING, message->data_coding,
			message->alphabet));
	item->row = inbound->id;
	item->outcome = "too-long";
	rc = flow_apologise(&worker->flow, &flow_message);
	if (rc == OK)
		rc = store_inbound_finish(
			worker->store, inbound->id, "handled", item->outcome, NULL);
	return rc == OK ? worker_gather(worker, item, inbound->id) : rc;
}

/* The message and what became of it; its last part is kept already. */
static int keep(
	struct worker *worker, const struct item *item, struct inbound *inbound, const char *intent)
{
	if (item->u.message.part.total > 1)
		return intent
			? store_inbound_finish(worker->store, inbound->id, "handled", intent, NULL)
			: OK;
	inbound->intent = intent;
	return store_inbound_put(worker->store, inbound, &inbound->id);
}

int worker_run_message(struct worker *worker, struct item *item)
{
	const struct item_message *message = &item->u.message;
	struct inbound inbound = inbound_of(worker, item);
	struct flow_message flow_message;
	const char *text;
	bool too_long, holds;
	int64_t known;
	int rc;

	rc = store_redelivery_find(
		worker->store, item->digest, worker->flow.now - worker->config.redelivery, &known);
	if (rc == OK) {
		atomic_fetch_add(&worker->redelivered, 1);
		item->row = known;
		item->outcome = "redelivered";
		/* a reply is on its way since the first time; a screen is shown again */
		return message->ussd ? worker_again_ussd(worker, item, known) : OK;
	}
	if (rc == ERR_NOT_FOUND)
		rc = worker_holds(worker, inbound.source, &holds);
	if (rc != OK)
		return rc;
	if (holds)
		return worker_hold(worker, item, &inbound);
	if (message->part.total > 1) {
		rc = worker_put_part(worker, item, &inbound, &inbound.text, &too_long);
		item->row = inbound.id;
		item->outcome = "part";
		if (rc == OK && too_long)
			return run_too_long(worker, item, &inbound);
		if (rc != OK || !inbound.text)
			return rc;
		text = inbound.text;
	} else if (message->length - message->skip > TEXT_OCTETS_MAX) {
		inbound.state = "handled";
		rc = store_inbound_put(worker->store, &inbound, &inbound.id);
		return rc == OK ? run_too_long(worker, item, &inbound) : rc;
	} else {
		inbound.text = text = worker_decode(worker, message->octets + message->skip,
			message->length - message->skip, message->data_coding, message->alphabet);
		inbound.state = "handled";
		rc = message->ussd ? worker_mask_ussd(worker, item, &inbound) : OK;
		if (!message->ussd)
			mask_sms(worker, &inbound);
		if (rc == OK) /* the row itself when it is known what became of it */
			rc = store_inbound_number(worker->store, &inbound.id);
		if (rc != OK)
			return rc;
	}
	flow_message = flow_message_of(&inbound);
	flow_message.text = text;
	flow_message.machine = (message->esm_class & ESM_TYPE_MASK) != 0;
	rc = message->ussd ? worker_run_ussd(worker, item, &flow_message)
			   : flow_handle(&worker->flow, &flow_message);
	item->outcome = flow_message.intent;
	if (rc == OK && flow_message.muted)
		warn_muted(worker, item, flow_message.muted);
	if (rc == OK)
		rc = keep(worker, item, &inbound, flow_message.intent);
	if (rc == OK)
		rc = worker_gather(worker, item, inbound.id);
	if (rc == OK)
		atomic_fetch_add(&worker->handled, 1);
	return rc;
}

int worker_keep_raw(struct worker *worker, struct item *item, const char *intent)
{
	const struct item_message *message = &item->u.message;
	struct inbound inbound = inbound_of(worker, item);

	inbound.text = worker_decode(worker, message->octets + message->skip,
		message->length - message->skip, message->data_coding, message->alphabet);
	mask_sms(worker, &inbound);
	inbound.state = "ignored";
	inbound.intent = intent;
	inbound.digest = NULL; /* a second one has no effect either */
	item->outcome = intent;
	return store_inbound_put(worker->store, &inbound, &item->row);
}

int worker_quarantine(struct worker *worker, struct item *item, enum quarantine how)
{
	struct inbound inbound = inbound_of(worker, item);
	struct flow_message flow_message;
	int rc;

	inbound.state = "quarantined";
	rc = item->u.message.ussd ? worker_mask_ussd(worker, item, &inbound) : OK;
	if (rc == OK)
		rc = store_inbound_put(worker->store, &inbound, &inbound.id);
	if (rc != OK)
		return rc;
	if (how == QUARANTINE_ANSWERED) {
		flow_message = flow_message_of(&inbound);
		rc = item->u.message.ussd ? worker_apologise_ussd(worker, item, &flow_message)
			: flow_apologise(&worker->flow, &flow_message);
		if (rc == OK)
			rc = worker_gather(worker, item, inbound.id);
	}
	if (rc == OK) {
		item->row = inbound.id;
		item->outcome = "quarantined";
		atomic_fetch_add(&worker->quarantined, 1);
		log_warn(item->link, "quarantined inbound=%lld", (long long)inbound.id);
	}
	return rc;
}

int worker_run(struct worker *worker, struct item *item)
{
	switch (item->kind) {
	case ITEM_MESSAGE:
		return worker_run_message(worker, item);
	case ITEM_RECEIPT:
		return worker_run_receipt(worker, item);
	case ITEM_PROVEN:
		return store_redelivery_forget(worker->store, item->digest);
	case ITEM_RESULT:
		return worker_run_result(worker, item);
	case ITEM_DEED:
		return worker_run_deed(worker, item);
	}
	return ERR_STATE;
}
