/* The phones of the simulated operator: text to PDUs and back. */
#include "tools/smsc/smsc_phones.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gateway/smpp/smpp_udh.h"
#include "parsers/text/gsm7.h"
#include "parsers/text/text.h"

#define PART_GSM7	153 /* septets of one part of a long message */
#define PART_UCS2	134 /* octets */
#define WHOLE_GSM7	160
#define WHOLE_UCS2	140
#define PARTS_MAX	10
#define UCS2		8

struct phones {
	struct smsc *smsc;
	char address[21];
	bool receipts;
	uint8_t reference; /* of the last long message */
};

struct phones *phones_new(struct smsc *smsc, const char *address)
{
	struct phones *phones = xcalloc(1, sizeof(*phones));

	phones->smsc = smsc;
	copy_string(phones->address, sizeof(phones->address), address);
	return phones;
}

void phones_free(struct phones *phones)
{
	free(phones);
}

void phones_set_receipts(struct phones *phones, bool on)
{
	phones->receipts = on;
}

static void address_set(struct pdu_address *address, const char *digits)
{
	bool international = digits[0] == '+';

	address->ton = international ? 1 : 0;
	address->npi = 1;
	copy_string(address->digits, sizeof(address->digits), digits + international);
}

/* How many octets of the rest go into the next part: never half a character. */
static size_t part_length(const unsigned char *octets, size_t rest, size_t limit, bool ucs2)
{
	if (rest <= limit)
		return rest;
	if (!ucs2)
		return octets[limit - 1] == 0x1B ? limit - 1 : limit;
	return (octets[limit - 2] & 0xFC) == 0xD8 ? limit - 2 : limit;
}

static int phones_send_parts(struct phones *phones, struct pdu_message *message,
	const unsigned char *octets, size_t length, size_t limit, uint64_t cookie)
{
	size_t starts[PARTS_MAX + 1] = {0};
	unsigned char part[UDH_CONCAT_SIZE + PART_GSM7];
	uint8_t total = 0;
	int error;

	for (size_t at = 0; at < length; at = starts[total]) {
		if (total == PARTS_MAX)
			return ERR_RANGE;
		total++;
		starts[total] = at +
			part_length(octets + at, length - at, limit, message->data_coding == UCS2);
	}
	phones->reference++;
	message->esm_class = ESM_UDHI;
	for (uint8_t i = 0; i < total; i++) {
		size_t count = starts[i + 1] - starts[i];

		udh_write_concat(part, phones->reference, total, (uint8_t)(i + 1));
		memcpy(part + UDH_CONCAT_SIZE, octets + starts[i], count);
		message->octets = part;
		message->length = UDH_CONCAT_SIZE + count;
		error = smsc_deliver(phones->smsc, message, NULL, cookie);
		if (error != OK)
			return error;
	}
	return OK;
}

int phones_write(struct phones *phones, const char *from, const char *text, uint64_t cookie)
{
	struct pdu_message message = {0};
	unsigned char septets[PARTS_MAX * PART_GSM7];
	unsigned char *octets = septets;
	struct arena *arena = arena_new();
	size_t length, whole = WHOLE_GSM7, part = PART_GSM7;
	ssize_t encoded = gsm7_encode(text, septets, sizeof(septets));
	int error;

	if (encoded >= 0) {
		length = (size_t)encoded;
	} else {
		length = text_to_ucs2(arena, text, &octets);
		message.data_coding = UCS2;
		whole = WHOLE_UCS2;
		part = PART_UCS2;
	}
	if (strlen(from) > 20) {
		error = ERR_RANGE;
		goto out;
	}
	address_set(&message.source, from);
	address_set(&message.destination, phones->address);
	message.octets = octets;
	message.length = length;
	if (length <= whole)
		error = smsc_deliver(phones->smsc, &message, NULL, cookie);
	else
		error = phones_send_parts(phones, &message, octets, length, part, cookie);
out:
	arena_free(arena);
	return error;
}

/* The receipt's two forms: the text of the specification's appendix B, and the TLVs. */
static void phones_send_receipt(
	struct phones *phones, const struct pdu_message *submit, const char *message_id)
{
	struct pdu_message receipt = {.esm_class = ESM_TYPE_RECEIPT};
	uint8_t area[128];
	struct tlv_writer writer = {.octets = area, .room = sizeof(area)};
	struct tlv_list tlvs = {0};
	char text[200], stamp[64];
	time_t now = time(NULL);
	struct tm local;

	localtime_r(&now, &local);
	snprintf(stamp, sizeof(stamp), "%02d%02d%02d%02d%02d", local.tm_year % 100,
		local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min);
	receipt.length = (size_t)snprintf(text, sizeof(text),
		"id:%s sub:001 dlvrd:001 submit date:%s done date:%s stat:DELIVRD err:000 text:",
		message_id, stamp, stamp);
	receipt.octets = (const uint8_t *)text;
	receipt.source = submit->destination;
	receipt.destination = submit->source;
	if (tlv_put(&writer, TLV_RECEIPTED_MESSAGE_ID, message_id, strlen(message_id) + 1) != OK ||
		tlv_put_u8(&writer, TLV_MESSAGE_STATE, 2) != OK)
		return;
	tlvs.area = area;
	tlvs.area_length = writer.length;
	if (smsc_deliver(phones->smsc, &receipt, &tlvs, 0) != OK)
		fprintf(stderr, "kabar-smsc: no receipt for %s\n", message_id);
}

void phones_receive(struct phones *phones, const struct pdu *pdu, const char *message_id,
	struct phone_message *out)
{
	const struct pdu_message *message = &pdu->u.message;
	struct arena *arena = arena_new();
	struct user_data data;
	const char *text;

	user_data_read(&data, message->esm_class, message->octets, message->length, &pdu->tlvs);
	text = text_decode(
		arena, data.octets, data.length, message->data_coding, ALPHABET_GSM7, NULL,
		NULL);
	if (data.part.total > 1)
		out->text = xasprintf("[%u/%u] %s", data.part.number, data.part.total, text);
	else
		out->text = xstrdup(text);
	out->to = xasprintf(
		"%s%s", message->destination.ton == 1 ? "+" : "", message->destination.digits);
	if (phones->receipts && (message->registered_delivery & 1) != 0)
		phones_send_receipt(phones, message, message_id);
	arena_free(arena);
}
