/* The phones of a transcript's world: an SMS or a USSD session as the operator brings it. See
 * play_world.h. */
#include <string.h>

#include "gateway/os/clock.h"
#include "gateway/smpp/smpp_codes.h"
#include "parsers/text/gsm7.h"
#include "tools/play/play_world.h"
#include "tools/play/play_world_state.h"

#define ADDRESS "2255"

static struct sent *sent_of(struct play_world *world, const char *from, bool ussd)
{
	struct sent *sent;

	for (sent = world->sent; sent != NULL; sent = sent->next) {
		if (strcmp(sent->from, from) == 0 && sent->is_ussd == ussd)
			return sent;
	}
	sent = xcalloc(1, sizeof(*sent));
	sent->from = xstrdup(from);
	sent->is_ussd = ussd;
	sent->next = world->sent;
	world->sent = sent;
	return sent;
}

static int encode(struct sent *sent, const char *text, struct message_part part)
{
	size_t skip = part.total > 1 ? UDH_CONCAT_SIZE : 0;
	unsigned char *ucs2;
	struct arena *arena;
	ssize_t length;

	if (skip > 0)
		udh_write_concat(sent->octets, (uint8_t)part.ref, part.total, part.number);
	sent->esm_class = skip > 0 ? ESM_UDHI : 0;
	sent->data_coding = 0;
	length = gsm7_encode(text, sent->octets + skip, sizeof(sent->octets) - skip);
	if (length == ERR_SYNTAX) { /* not in the alphabet: as a phone would, UCS-2 */
		arena = arena_new();
		length = (ssize_t)text_to_ucs2(arena, text, &ucs2);
		if ((size_t)length + skip <= sizeof(sent->octets))
			memcpy(sent->octets + skip, ucs2, (size_t)length);
		else
			length = ERR_LIMIT;
		sent->data_coding = 8;
		arena_free(arena);
	}
	if (length < 0)
		return (int)length;
	sent->length = skip + (size_t)length;
	return OK;
}

/* The operator's answers show that it has all earlier ROKs: the same octets are a human repeating
 * from now on. */
static struct item *prove_earlier(struct play_world *world)
{
	struct item *items = NULL, **tail = &items;

	for (struct sent *sent = world->sent; sent != NULL; sent = sent->next) {
		if (sent->proven || sent->length == 0)
			continue;
		sent->proven = true;
		*tail = item_new_proven(PLAY_LINK, sent->digest);
		tail = &(*tail)->next;
	}
	return items;
}

/* What was encoded arrives. */
static int receive(struct play_world *world, struct sent *sent, bool ussd)
{
	const struct config_smsc *smsc = &world->config->main.smsc[0];
	struct pdu_message message = {.octets = sent->octets,
		.length = sent->length,
		.esm_class = sent->esm_class,
		.data_coding = sent->data_coding};
	struct tlv_list tlvs = {0};
	struct deliver deliver = {
		.link = PLAY_LINK, .generation = 1, .message = &message, .tlvs = &tlvs};
	struct item *item;
	int error = tlv_parse(&tlvs, sent->tlvs, sent->ntlv);

	if (error != OK)
		return error;
	copy_string(message.source.digits, sizeof(message.source.digits), sent->from);
	copy_string(message.destination.digits, sizeof(message.destination.digits), ADDRESS);
	copy_string(message.service_type, sizeof(message.service_type), ussd ? "USSD" : "");
	deliver.received_ms = clock_now();
	item = item_new_message(&deliver, ALPHABET_GSM7);
	if (ussd) {
		item->u.message.ussd = true;
		ussd_read(&smsc->dialect, smsc->ussd_code, &deliver, &item->u.message.ussd_arrival);
	}
	memcpy(sent->digest, item->digest, DIGEST_SIZE);
	error = world_step(world, item);
	world->fail = false;
	return error;
}

int world_sms(struct play_world *world, const char *from, const char *text,
	struct message_part part, bool again)
{
	struct sent *sent = sent_of(world, from, false);
	int error = OK;

	if (!again) {
		error = world_step(world, prove_earlier(world));
		if (error == OK)
			error = encode(sent, text, part);
		sent->proven = false;
	}
	return error == OK ? receive(world, sent, false) : error;
}

static const struct config_smsc *link_of(const struct play_world *world)
{
	return &world->config->main.smsc[0];
}

/* What the operator puts beside the text: the operation, and the TLV that names the session. */
static int tlvs_write(const struct ussd_dialect *dialect, struct sent *sent, enum ussd_event event)
{
	struct tlv_writer to = {.octets = sent->tlvs, .room = sizeof(sent->tlvs)};
	uint64_t value = sent->session |
		(event == USSD_ABORT && dialect->abort.count == 0 ? dialect->abort_bits : 0);
	uint8_t op = event == USSD_BEGIN ? dialect->begin.list[0] : dialect->answer.list[0],
		octets[8];
	int error;

	if (event == USSD_ABORT && dialect->abort.count > 0)
		op = dialect->abort.list[0];
	for (size_t i = dialect->size; i-- > 0; value >>= 8)
		octets[i] = (uint8_t)value;
	error = tlv_put_u8(&to, 0x0501, op);
	if (error == OK && dialect->size > 0)
		error = tlv_put(&to, dialect->tag, octets, dialect->size);
	sent->ntlv = to.length;
	return error;
}

int world_ussd(struct play_world *world, const char *from, const char *text, bool again)
{
	const struct ussd_dialect *dialect = &link_of(world)->dialect;
	struct sent *sent = sent_of(world, from, true);
	enum ussd_event event = strcmp(text, "END") == 0 ? USSD_ABORT
		: *text == '*' && strchr(text, '#')      ? USSD_BEGIN
							 : USSD_ANSWER;
	int error = OK;

	if (event == USSD_ABORT && dialect->abort.count == 0 && dialect->abort_bits == 0)
		return OK; /* this operator does not tell */
	if (!again) {
		error = world_step(world, prove_earlier(world));
		if (error == OK)
			error = encode(
				sent, event == USSD_ABORT ? "" : text, (struct message_part){0});
		sent->session += event == USSD_BEGIN ? 0x100 : 0;
		if (error == OK)
			error = tlvs_write(dialect, sent, event);
		sent->proven = false;
	}
	return error == OK ? receive(world, sent, true) : error;
}
