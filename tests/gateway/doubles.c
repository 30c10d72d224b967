/* The doubles: see doubles.h. */
#include "tests/gateway/doubles.h"

#include <stdlib.h>
#include <string.h>

#include "flows/rules/settings.h"
#include "gateway/os/clock.h"
#include "store/message/deadline.h"
#include "store/message/outbox.h"

int flow_calls, apologies, deadlines_run, commit_error, submit_error, paused;
char flow_texts[64][400];
struct ack acks[64];
size_t nack, nsent, submit_room;
int64_t submit_takes, deadline_takes;
struct sent sents[256];

void doubles_reset(void)
{
	flow_calls = apologies = deadlines_run = commit_error = submit_error = paused = 0;
	nack = nsent = 0;
	submit_takes = deadline_takes = 0;
	submit_room = SIZE_MAX;
}

static int put(struct flow *flow, const struct flow_message *message, const char *text,
	const char *kind, bool claimed)
{
	int64_t id;

	return store_outbox_put(flow->store,
		&(struct outbox){
			.inbound = claimed ? message->inbound : 0,
			.kind = kind,
			.link = message->link,
			.recipient = message->from,
			.text = text,
			.state = claimed ? "claimed" : "waiting",
			.owner = claimed ? flow->settings->name : NULL,
			.created = flow->now,
			.due = flow->now,
			.tries = claimed,
		},
		&id);
}

int __wrap_flow_handle(struct flow *flow, struct flow_message *message);
int __wrap_flow_handle(struct flow *flow, struct flow_message *message)
{
	copy_string(flow_texts[flow_calls++ % 64], sizeof(flow_texts[0]), message->text);
	if (strstr(message->text, "RACUN") || strstr(message->text, "PARAH"))
		return ERR_STORE;
	if (strstr(message->text, "ALARM")) {
		int rc = put(flow, message, "alarm", "alert", false);

		if (rc != OK)
			return rc;
	}
	message->intent = "report";
	return put(flow, message, arena_printf(flow->arena, "ok %s", message->text), "reply", true);
}

int __wrap_flow_apologise(struct flow *flow, const struct flow_message *message);
int __wrap_flow_apologise(struct flow *flow, const struct flow_message *message)
{
	struct inbound row;

	apologies++;
	if (message->inbound &&
		store_inbound_get(flow->store, flow->arena, message->inbound, &row) == OK &&
		memmem(row.octets, row.length, "PARAH", 5))
		return ERR_STORE;
	return put(flow, message, "maaf", "reply", true);
}

int __wrap_flow_parts_missing(struct flow *flow, const struct flow_message *message);
int __wrap_flow_parts_missing(struct flow *flow, const struct flow_message *message)
{
	return put(flow, message, "kirim ulang", "reply", false);
}

int __wrap_flow_parts_hear(struct flow *flow, const struct flow_message *message);
int __wrap_flow_parts_hear(struct flow *flow, const struct flow_message *message)
{
	return strstr(message->text, "TOLONG") ? put(flow, message, "darurat", "alert", false) : OK;
}

int __wrap_flow_tick(struct flow *flow, int64_t *next);
int __wrap_flow_tick(struct flow *flow, int64_t *next)
{
	struct deadline rows[64];
	size_t count = 0, most = flow->at_once < COUNT_OF(rows) ? flow->at_once : COUNT_OF(rows);
	int error = store_deadline_due(
		flow->store, flow->arena, flow->now, rows, flow->alone ? 1 : most, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		deadlines_run++;
		clock_advance(deadline_takes);
		error = strcmp(rows[i].kind, "racun") == 0
			? ERR_STORE
			: store_deadline_drop(flow->store, rows[i].kind, rows[i].subject);
	}
	return error == OK ? store_deadline_next(flow->store, next) : error;
}

struct scratch *__wrap_scratch_new(void);
struct scratch *__wrap_scratch_new(void)
{
	return NULL;
}

void __wrap_scratch_free(struct scratch *scratch);
void __wrap_scratch_free(struct scratch *scratch)
{
	(void)scratch;
}

int __real_store_batch_commit(struct store *store);
int __wrap_store_batch_commit(struct store *store);
int __wrap_store_batch_commit(struct store *store)
{
	int error = commit_error;

	if (!error)
		return __real_store_batch_commit(store);
	commit_error = 0;
	store_batch_rollback(store);
	return error;
}

int __wrap_link_ack(struct link *link, uint64_t generation, uint32_t sequence, uint32_t status,
	const unsigned char *token);
int __wrap_link_ack(struct link *link, uint64_t generation, uint32_t sequence, uint32_t status,
	const unsigned char *token)
{
	acks[nack++ % 64] = (struct ack){link, generation, sequence, status, token != NULL};
	return OK;
}

int __wrap_link_submit(struct link *link, const struct submit *submit, uint64_t cookie);
int __wrap_link_submit(struct link *link, const struct submit *submit, uint64_t cookie)
{
	struct sent *sent = &sents[nsent % 256];

	if (submit_error)
		return submit_error;
	if (submit_room == 0)
		return ERR_LIMIT;
	submit_room--;
	nsent++;
	*sent = (struct sent){.link = link, .cookie = cookie, .submit = *submit};
	memcpy(sent->octets, submit->message.octets, submit->message.length);
	clock_advance(submit_takes);
	return OK;
}

void __wrap_link_pause_reading(struct link *link);
void __wrap_link_pause_reading(struct link *link)
{
	(void)link;
	paused++;
}

void __wrap_link_resume_reading(struct link *link);
void __wrap_link_resume_reading(struct link *link)
{
	(void)link;
	paused--;
}

enum link_state __wrap_link_state(const struct link *link);
enum link_state __wrap_link_state(const struct link *link)
{
	return link->state;
}

struct deliver *delivery_make(
	struct delivery *to, const char *from, const char *text, uint32_t sequence)
{
	*to = (struct delivery){0};
	copy_string(to->message.source.digits, sizeof(to->message.source.digits), from);
	copy_string(to->message.destination.digits, sizeof(to->message.destination.digits), "2255");
	to->message.octets = (const uint8_t *)text;
	to->message.length = strlen(text);
	to->deliver = (struct deliver){
		.link = "uji", .generation = 7, .sequence = sequence, .command = SMPP_DELIVER_SM,
		.received_ms = clock_now(), .message = &to->message, .tlvs = &to->tlvs,
	};
	return &to->deliver;
}

struct item *make_item(const char *from, const char *text)
{
	struct delivery delivery;

	return item_new_message(delivery_make(&delivery, from, text, 1), ALPHABET_GSM7);
}
