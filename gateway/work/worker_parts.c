/* Long messages in parts, in the open batch: kept until the last part is there, then joined, or
 * asked for again.
 *
 * Phones count their long messages with 8 bits, some with always the same number: a part that does
 * not fit to what waits begins another message, and what waited is asked for again.
 */
#include "gateway/work/worker_state.h"

#define WIDE_REF	  0x10000 /* 16-bit references are other numbers than 8-bit ones */
#define LATE_MESSAGES_MAX 20
#define HEAR_SECONDS	  300 /* without a further part: what came is listened to */

/* Parts in one coding are joined before decoding: a character may be cut between them. */
static const char *join_parts(
	struct worker *worker, const struct inbound *parts, size_t count, enum alphabet alphabet)
{
	struct strbuf octets = {0}, text = {0};
	const char *joined;

	strbuf_puts(&text, "");

	for (size_t i = 0; i < count; i++) {
		strbuf_add(&octets, parts[i].octets, parts[i].length);
		if (i + 1 < count && parts[i + 1].data_coding == parts[i].data_coding)
			continue;
		strbuf_puts(&text,
			worker_decode(worker,
				(const unsigned char *)(octets.text ? octets.text : ""),
				octets.length, parts[i].data_coding, alphabet));
		strbuf_clear(&octets);
	}
	joined = arena_strndup(worker->arena, text.text, text.length);
	strbuf_free(&octets);
	strbuf_free(&text);
	return joined;
}

/* Listens to what came of a message, once to each part. */
static int hear_parts(struct worker *worker, const struct part_key *key, enum alphabet alphabet,
	struct flow_message *message)
{
	struct inbound *parts = arena_alloc(worker->arena, sizeof(*parts) * (size_t)key->total);
	bool unheard = false;
	size_t count;
	int rc = store_part_all(worker->store, worker->arena, key, parts, &count);

	*message = (struct flow_message){
		.link = key->link, .from = key->source, .to = key->destination, .text = ""};
	if (rc != OK || count == 0)
		return rc;
	message->inbound = parts[count - 1].id;
	message->text = join_parts(worker, parts, count, alphabet);
	for (size_t i = 0; i < count; i++)
		unheard |= strcmp(parts[i].state, "part") == 0;
	if (!unheard)
		return OK;
	rc = store_part_heard(worker->store, key);
	return rc == OK ? flow_parts_hear(&worker->flow, message) : rc;
}

/* The parts go, the octets stay in inbound; a person reads what came, and the sender is asked to
 * send the message again. */
static int ask_again(struct worker *worker, const struct part_key *key, enum alphabet alphabet)
{
	struct flow_message message;
	int rc = hear_parts(worker, key, alphabet, &message);

	if (rc == OK)
		rc = store_part_forget(worker->store, key);
	return rc == OK ? flow_parts_missing(&worker->flow, &message) : rc;
}

int worker_put_part(
	struct worker *worker, const struct item *item, struct inbound *inbound, const char **text,
	bool *too_long)
{
	const struct item_message *message = &item->u.message;
	const struct message_part *part = &message->part;
	struct part_key key = {
		.link = inbound->link,
		.source = inbound->source,
		.destination = inbound->destination,
		.ref = part->ref + (part->wide ? WIDE_REF : 0),
		.total = part->total,
	};
	const unsigned char *payload = message->octets + message->skip;
	size_t length = message->length - message->skip, count, octets;
	int64_t gap = part->wide ? worker->config.parts : worker->config.part_gap;
	struct inbound *parts;
	bool reused;
	int rc;

	*text = NULL;
	*too_long = false;
	atomic_fetch_add(&worker->parts, 1);
	inbound->state = "part";
	rc = store_part_reused(
		worker->store, &key, part->number, payload, length, item->received - gap, &reused);
	if (rc == OK && reused)
		rc = ask_again(worker, &key, message->alphabet);
	if (rc == OK)
		rc = store_inbound_put(worker->store, inbound, &inbound->id);
	if (rc == OK)
		rc = store_part_put(worker->store, &key, part->number, inbound, payload, length);
	if (rc == OK)
		rc = store_part_sum(worker->store, &key, &count, &octets);
	if (rc != OK)
		return rc;
	*too_long = octets > TEXT_OCTETS_MAX;
	if (*too_long) /* the octets stay in inbound, a person reads them */
		return store_part_forget(worker->store, &key);
	if (count < (size_t)key.total)
		return OK;
	parts = arena_alloc(worker->arena, sizeof(*parts) * (size_t)key.total);
	rc = store_part_all(worker->store, worker->arena, &key, parts, &count);
	if (rc != OK)
		return rc;
	*text = join_parts(worker, parts, count, message->alphabet);
	rc = store_inbound_finish(worker->store, inbound->id, "handled", NULL, *text);
	return rc == OK ? store_part_forget(worker->store, &key) : rc;
}

static int hear_late(struct worker *worker)
{
	struct flow_message message;
	struct part_key key;
	int rc = OK;

	for (int i = 0; rc == OK && i < LATE_MESSAGES_MAX; i++) {
		arena_reset(worker->arena);
		rc = store_part_unheard(
			worker->store, worker->arena, worker->flow.now - HEAR_SECONDS, &key);
		if (rc == OK)
			rc = hear_parts(worker, &key, ALPHABET_GSM7, &message);
	}
	return rc == ERR_NOT_FOUND ? OK : rc;
}

int worker_sweep_parts(struct worker *worker)
{
	int64_t before = worker->flow.now - worker->config.parts;
	struct part_key key;
	int rc = hear_late(worker);

	for (int i = 0; rc == OK && i < LATE_MESSAGES_MAX; i++) {
		arena_reset(worker->arena);
		rc = store_part_late(worker->store, worker->arena, before, &key);
		if (rc == OK)
			rc = ask_again(worker, &key, ALPHABET_GSM7);
	}
	return rc == ERR_NOT_FOUND ? OK : rc;
}
