/* Reads and writes the optional parameters of a PDU: see smpp_tlv.h. */
#include "gateway/smpp/smpp_tlv.h"

#include <string.h>

#define TLV_HEADER 4

/* The tags that something in Kabar reads: they find room even behind many unknown ones. */
static bool is_read(uint16_t tag)
{
	static const uint16_t tags[] = {
		TLV_RECEIPTED_MESSAGE_ID, TLV_USER_MESSAGE_REFERENCE, TLV_SOURCE_PORT,
		TLV_DESTINATION_PORT, TLV_SAR_MSG_REF_NUM, TLV_SAR_TOTAL_SEGMENTS,
		TLV_SAR_SEGMENT_SEQNUM, TLV_SC_INTERFACE_VERSION, TLV_NETWORK_ERROR_CODE,
		TLV_MESSAGE_PAYLOAD, TLV_MESSAGE_STATE, TLV_USSD_SERVICE_OP,
		TLV_ITS_SESSION_INFO, TLV_VENDOR_1501,
	};

	for (size_t i = 0; i < COUNT_OF(tags); i++)
		if (tags[i] == tag)
			return true;
	return false;
}

static struct tlv *room_for(struct tlv_list *list, uint16_t tag)
{
	if (list->count < TLV_MAX)
		return &list->items[list->count++];
	if (!is_read(tag))
		return NULL;
	for (size_t i = TLV_MAX; i-- > 0;)
		if (!is_read(list->items[i].tag))
			return &list->items[i];
	return NULL;
}

static void keep(struct tlv_list *list, struct tlv tlv)
{
	struct tlv *place = NULL;
	bool full = list->count == TLV_MAX;

	if (!tlv_find(list, tlv.tag))
		place = room_for(list, tlv.tag);
	if (place)
		*place = tlv;
	if (!place || full)
		list->ignored++;
}

int tlv_parse(struct tlv_list *out, const uint8_t *area, size_t length)
{
	size_t at = 0;

	out->count = 0;
	out->ignored = 0;
	out->area = area;
	out->area_length = length;
	while (at < length) {
		struct tlv tlv;

		if (length - at < TLV_HEADER)
			return ERR_SYNTAX;
		tlv.tag = (uint16_t)(area[at] << 8 | area[at + 1]);
		tlv.length = (uint16_t)(area[at + 2] << 8 | area[at + 3]);
		at += TLV_HEADER;
		if (length - at < tlv.length)
			return ERR_SYNTAX;
		tlv.value = area + at;
		at += tlv.length;
		keep(out, tlv);
	}
	return OK;
}

const struct tlv *tlv_find(const struct tlv_list *list, uint16_t tag)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].tag == tag)
			return &list->items[i];
	return NULL;
}

static int number(const struct tlv_list *list, uint16_t tag, size_t width, uint32_t *out)
{
	const struct tlv *tlv = tlv_find(list, tag);

	if (!tlv)
		return ERR_NOT_FOUND;
	if (tlv->length != width)
		return ERR_RANGE;
	*out = 0;
	for (size_t i = 0; i < width; i++)
		*out = *out << 8 | tlv->value[i];
	return OK;
}

int tlv_u8(const struct tlv_list *list, uint16_t tag, uint8_t *out)
{
	uint32_t value;
	int error = number(list, tag, 1, &value);

	if (!error)
		*out = (uint8_t)value;
	return error;
}

int tlv_u16(const struct tlv_list *list, uint16_t tag, uint16_t *out)
{
	uint32_t value;
	int error = number(list, tag, 2, &value);

	if (!error)
		*out = (uint16_t)value;
	return error;
}

int tlv_text(const struct tlv_list *list, uint16_t tag, char *out, size_t room)
{
	const struct tlv *tlv = tlv_find(list, tag);
	size_t length;

	if (!tlv)
		return ERR_NOT_FOUND;
	length = strnlen((const char *)tlv->value, tlv->length);
	if (length >= room)
		return ERR_RANGE;
	memcpy(out, tlv->value, length);
	out[length] = '\0';
	return OK;
}

int tlv_put(struct tlv_writer *to, uint16_t tag, const void *value, size_t length)
{
	uint8_t *at = to->octets + to->length;

	if (length > UINT16_MAX || to->room - to->length < TLV_HEADER + length)
		return ERR_LIMIT;
	at[0] = (uint8_t)(tag >> 8);
	at[1] = (uint8_t)tag;
	at[2] = (uint8_t)(length >> 8);
	at[3] = (uint8_t)length;
	if (length)
		memcpy(at + TLV_HEADER, value, length);
	to->length += TLV_HEADER + length;
	return OK;
}

int tlv_put_u8(struct tlv_writer *to, uint16_t tag, uint8_t value)
{
	return tlv_put(to, tag, &value, 1);
}

int tlv_put_u16(struct tlv_writer *to, uint16_t tag, uint16_t value)
{
	uint8_t octets[2] = {(uint8_t)(value >> 8), (uint8_t)value};

	return tlv_put(to, tag, octets, sizeof(octets));
}
