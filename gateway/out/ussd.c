/* Between SMPP and sessions. What differs between operators is in the dialect; see ussd.h. */
#include "gateway/out/ussd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/os/log.h"

#define TAG_OP 0x0501 /* ussd_service_op: SMPP 3.4, 5.3.2.44 */

bool ussd_is(const struct deliver *deliver)
{
	return strcmp(deliver->message->service_type, "USSD") == 0 ||
		tlv_find(deliver->tlvs, TAG_OP) != NULL;
}

static bool has_op(const struct ussd_ops *ops, uint8_t op)
{
	for (size_t i = 0; i < ops->count; i++) {
		if (ops->list[i] == op)
			return true;
	}
	return false;
}

/* false: the TLV is missing or has another width. */
static bool session_value(
	const struct ussd_dialect *dialect, const struct deliver *deliver, uint64_t *value)
{
	const struct tlv *tlv = tlv_find(deliver->tlvs, dialect->tag);

	*value = 0;
	if (tlv == NULL || tlv->length != dialect->size)
		return false;
	for (size_t i = 0; i < tlv->length; i++)
		*value = *value << 8 | tlv->value[i];
	return true;
}

static void value_text(const struct ussd_dialect *dialect, uint64_t value, char out[USSD_VALUE])
{
	snprintf(out, USSD_VALUE, "%0*llx", 2 * (int)dialect->size, (unsigned long long)value);
}

/* Without an operation a dialled code tells itself. */
static enum ussd_event event_unmarked(const struct deliver *deliver)
{
	const struct pdu_message *message = deliver->message;

	return message->length > 1 && message->octets[0] == '*' &&
			message->octets[message->length - 1] == '#'
		? USSD_BEGIN
		: USSD_ANSWER;
}

static enum ussd_event event_of(
	const struct ussd_dialect *dialect, const struct deliver *deliver, uint64_t value)
{
	uint8_t op;

	if (value & dialect->abort_bits)
		return USSD_ABORT;
	if (tlv_u8(deliver->tlvs, TAG_OP, &op) != OK)
		return event_unmarked(deliver);
	if (has_op(&dialect->abort, op))
		return USSD_ABORT;
	if (has_op(&dialect->begin, op))
		return USSD_BEGIN;
	if (has_op(&dialect->answer, op))
		return USSD_ANSWER;
	log_info(deliver->link, "ussd_service_op=%u means nothing in dialect=%s", (unsigned)op,
		dialect->name);
	return USSD_NONE;
}

void ussd_read(const struct ussd_dialect *dialect, const char *code, const struct deliver *deliver,
	struct ussd_arrival *out)
{
	uint64_t value = 0;

	*out = (struct ussd_arrival){.code_in_address = dialect->code_in_address,
		.septets = dialect->septets,
		.user_seconds = dialect->user_seconds,
		.session_seconds = dialect->session_seconds};
	copy_string(out->code, sizeof(out->code), code);
	if (dialect->size > 0 && session_value(dialect, deliver, &value)) {
		value_text(dialect, value & dialect->key_mask, out->session);
		value_text(dialect, value, out->echo);
	}
	out->event = event_of(dialect, deliver, value);
}

static int session_put(
	const struct ussd_dialect *dialect, const char *echo, bool end, struct tlv_writer *to)
{
	uint64_t value = strtoull(echo, NULL, 16);
	uint8_t octets[8];

	value = end ? value | dialect->end_bits : value & ~dialect->end_bits;
	for (size_t i = dialect->size; i-- > 0; value >>= 8)
		octets[i] = (uint8_t)value;
	return tlv_put(to, dialect->tag, octets, dialect->size);
}

int ussd_screen(const struct ussd_dialect *dialect, const char *echo, bool end,
	struct submit *submit, uint8_t area[USSD_TLVS])
{
	struct tlv_writer to = {.octets = area, .room = USSD_TLVS};
	int rc = tlv_put_u8(&to, TAG_OP, end ? dialect->end : dialect->menu);

	copy_string(submit->message.service_type, sizeof(submit->message.service_type), "USSD");
	if (rc == OK && dialect->size > 0 && *echo != '\0')
		rc = session_put(dialect, echo, end, &to);
	submit->tlv_area = area;
	submit->tlv_length = to.length;
	return rc;
}
