/* User data headers and SAR TLVs: see smpp_udh.h. */
#include "gateway/smpp/smpp_udh.h"

enum { IE_CONCAT_8 = 0x00, IE_PORTS_8 = 0x04, IE_PORTS_16 = 0x05, IE_CONCAT_16 = 0x08 };

/* Nonsense counts as a whole message: the text is kept either way. */
static struct message_part part_of(unsigned ref, uint8_t total, uint8_t number, bool wide)
{
	struct message_part part = {(uint16_t)ref, total, number, wide};

	if (total < 2 || number < 1 || number > total)
		return (struct message_part){0};
	return part;
}

/* One information element. Of two of a kind the last one counts (TS 23.040, 9.2.3.24). */
static void read_element(struct udh *out, uint8_t id, const uint8_t *value, size_t length)
{
	if (id == IE_CONCAT_8 && length == 3) {
		out->part = part_of(value[0], value[1], value[2], false);
	} else if (id == IE_CONCAT_16 && length == 4) {
		out->part = part_of((unsigned)value[0] << 8 | value[1], value[2], value[3], true);
	} else if (id == IE_PORTS_8 && length == 2) {
		out->has_ports = true;
		out->destination_port = value[0];
		out->source_port = value[1];
	} else if (id == IE_PORTS_16 && length == 4) {
		out->has_ports = true;
		out->destination_port = (uint16_t)(value[0] << 8 | value[1]);
		out->source_port = (uint16_t)(value[2] << 8 | value[3]);
	}
}

int udh_parse(struct udh *out, const uint8_t *octets, size_t length)
{
	struct udh read = {0};
	size_t at = 1, end;

	*out = read;
	if (length < 1 || (size_t)octets[0] + 1 > length)
		return ERR_SYNTAX;
	end = (size_t)octets[0] + 1;
	while (at < end) {
		size_t width;

		if (end - at < 2)
			return ERR_SYNTAX;
		width = octets[at + 1];
		if (end - at - 2 < width)
			return ERR_SYNTAX;
		read_element(&read, octets[at], octets + at + 2, width);
		at += 2 + width;
	}
	read.length = end;
	*out = read;
	return OK;
}

static struct message_part sar_part(const struct tlv_list *tlvs)
{
	uint16_t ref;
	uint8_t total, number;

	if (tlv_u16(tlvs, TLV_SAR_MSG_REF_NUM, &ref) ||
		tlv_u8(tlvs, TLV_SAR_TOTAL_SEGMENTS, &total) ||
		tlv_u8(tlvs, TLV_SAR_SEGMENT_SEQNUM, &number))
		return (struct message_part){0};
	return part_of(ref, total, number, true);
}

/* The octets of a header that only counts parts, without the bit that announces it: as text they
 * would be "é@¥" and the like, which nobody writes. */
static bool is_bare_concat(const struct udh *udh, const uint8_t *octets)
{
	bool narrow = octets[0] == 5 && octets[1] == IE_CONCAT_8 && octets[2] == 3;
	bool wide = octets[0] == 6 && octets[1] == IE_CONCAT_16 && octets[2] == 4;

	return (narrow || wide) && udh->part.total;
}

void user_data_read(struct user_data *out, uint8_t esm_class, const uint8_t *octets, size_t length,
	const struct tlv_list *tlvs)
{
	struct udh udh = {0};

	*out = (struct user_data){.octets = octets, .length = length};
	if (esm_class & ESM_UDHI)
		out->broken = udh_parse(&udh, octets, length) != OK;
	else if (length > UDH_CONCAT_SIZE && udh_parse(&udh, octets, length) == OK &&
		!is_bare_concat(&udh, octets))
		udh = (struct udh){0};
	if (udh.length) {
		out->octets += udh.length;
		out->length -= udh.length;
	}
	out->part = udh.part;
	if (!out->part.total && tlvs)
		out->part = sar_part(tlvs);
}

void udh_write_concat(uint8_t out[UDH_CONCAT_SIZE], uint8_t ref, uint8_t total, uint8_t number)
{
	const uint8_t header[UDH_CONCAT_SIZE] = {
		UDH_CONCAT_SIZE - 1, IE_CONCAT_8, 3, ref, total, number};

	for (size_t i = 0; i < sizeof(header); i++)
		out[i] = header[i];
}
