/* Items: see item.h. */
#include "gateway/inbox/item.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/inbox/spread.h"
#include "gateway/link/smpp_acks.h"
#include "gateway/os/clock.h"

#define NAMED '@' /* before digits that are a name */

_Static_assert(ITEM_TOKEN == ACK_TOKEN, "a link keeps all of it");

static struct item *item_new(enum item_kind kind, const char *link, size_t more)
{
	struct item *item = xcalloc(1, sizeof(*item) + more);

	item->kind = kind;
	copy_string(item->link, sizeof(item->link), link);
	item->arrived = clock_now();
	item->received = clock_utc();
	return item;
}

static void take_origin(struct item *item, const struct deliver *deliver)
{
	item->generation = deliver->generation;
	item->sequence = deliver->sequence;
	item->arrived = deliver->received_ms;
}

/* A number from abroad is told by its type alone; a phone of ours comes in any spelling under any
 * type but one: a name that its sender chose, though it be of digits, is nobody's phone. */
static void take_source(struct item_message *to, const struct pdu_address *source)
{
	const char *digits = source->digits;
	bool abroad = source->ton == TON_INTERNATIONAL && digits[0] >= '1' && digits[0] <= '9' &&
		digits[0] != '8' && strncmp(digits, "62", 2) != 0;
	bool named = source->ton == TON_ALPHANUMERIC &&
		isdigit((unsigned char)digits[strspn(digits, "+ ")]);

	to->source[0] = named ? NAMED : '+';
	copy_string(to->source + (abroad || named), sizeof(to->source) - 1, digits);
}

struct item *item_new_message(const struct deliver *deliver, enum alphabet alphabet)
{
	const struct pdu_message *from = deliver->message;
	struct item *item = item_new(ITEM_MESSAGE, deliver->link, from->length);
	struct item_message *to = &item->u.message;
	struct user_data data;

	take_origin(item, deliver);
	digest_deliver(deliver, item->digest);
	take_source(to, &from->source);
	item->who = spread_who(to->source);
	copy_string(to->destination, sizeof(to->destination), from->destination.digits);
	to->esm_class = from->esm_class;
	to->data_coding = from->data_coding;
	to->alphabet = alphabet;
	user_data_read(&data, from->esm_class, from->octets, from->length, deliver->tlvs);
	to->part = data.part;
	to->skip = from->length - data.length;
	to->length = from->length;
	if (from->length > 0)
		memcpy(item + 1, from->octets, from->length);
	to->octets = (const unsigned char *)(item + 1);
	return item;
}

struct item *item_new_receipt(const struct deliver *deliver, enum alphabet alphabet,
	const struct receipt *receipt)
{
	struct item *item = item_new_message(deliver, alphabet);

	item->kind = ITEM_RECEIPT;
	if (item->u.message.source[0] == NAMED) /* that of a phone which we wrote to */
		copy_string(item->u.message.source, sizeof(item->u.message.source),
			deliver->message->source.digits);
	item->receipt = *receipt;
	return item;
}

struct item *item_new_proven(const char *link, const unsigned char digest[DIGEST_SIZE])
{
	struct item *item = item_new(ITEM_PROVEN, link, 0);

	memcpy(item->digest, digest, DIGEST_SIZE);
	return item;
}

void item_token(const struct item *item, unsigned char token[ITEM_TOKEN])
{
	memcpy(token, item->digest, DIGEST_SIZE);
	memcpy(token + DIGEST_SIZE, &item->who, sizeof(item->who));
}

struct item *item_new_proof(const char *link, const unsigned char token[ITEM_TOKEN])
{
	struct item *item = item_new_proven(link, token);

	memcpy(&item->who, token + DIGEST_SIZE, sizeof(item->who));
	return item;
}

struct item *item_new_result(
	const char *link, int64_t id, const char *state, const char *message_id, int64_t due)
{
	struct item *item = item_new(ITEM_RESULT, link, 0);

	item->u.result.id = id;
	item->u.result.state = state;
	copy_string(item->u.result.message_id, sizeof(item->u.result.message_id), message_id);
	item->u.result.due = due;
	return item;
}

struct item *item_new_deed(const char *request, const struct item_deed *deed)
{
	struct item *item = item_new(ITEM_DEED, "", strlen(request) + 1);

	item->u.deed = *deed;
	strcpy((char *)(item + 1), request);
	item->u.deed.request = (const char *)(item + 1);
	return item;
}

void item_free(struct item *item)
{
	if (item && item->kind == ITEM_DEED)
		free(item->u.deed.answer);
	free(item);
}

void item_free_list(struct item *items)
{
	while (items) {
		struct item *next = items->next;

		item_free(items);
		items = next;
	}
}
