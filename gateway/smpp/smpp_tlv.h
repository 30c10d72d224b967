/* Optional parameters of a PDU: read as bounded views into the frame, written big-endian one after
 * another.
 *
 * Values live in the frame: copy what must outlive it. Of several with one tag the first counts.
 * Unknown tags are kept like known ones; beyond TLV_MAX different tags, those that Kabar reads
 * replace unknown ones and the rest is counted as ignored. */
#ifndef GATEWAY_SMPP_TLV_H
#define GATEWAY_SMPP_TLV_H

#include "gateway/smpp/smpp_codes.h"
#include "parsers/text/error.h"
#include "parsers/text/util.h"

#define TLV_MAX 64

struct tlv {
	uint16_t tag;
	uint16_t length;
	const uint8_t *value;
};

struct tlv_list {
	struct tlv items[TLV_MAX];
	size_t count;
	unsigned ignored; /* duplicates, and what did not find room */
	const uint8_t *area; /* the raw area; what pdu_encode appends */
	size_t area_length;
};

/* ERR_SYNTAX when the area is broken (answer ESME_RINVOPTPARSTREAM); what came before is kept. */
int tlv_parse(struct tlv_list *out, const uint8_t *area, size_t length) MUST_CHECK;

const struct tlv *tlv_find(const struct tlv_list *list, uint16_t tag);

/* ERR_NOT_FOUND without such a TLV, ERR_RANGE when its width is another (answer ESME_RINVPARLEN);
 * *out is written on success only. */
int tlv_u8(const struct tlv_list *list, uint16_t tag, uint8_t *out) MUST_CHECK;
int tlv_u16(const struct tlv_list *list, uint16_t tag, uint16_t *out) MUST_CHECK;
/* A string with or without its closing NUL; ERR_RANGE when it does not fit into room. */
int tlv_text(const struct tlv_list *list, uint16_t tag, char *out, size_t room) MUST_CHECK;

/* Writing: start with {.octets = room, .room = sizeof(room)}; afterwards tlv_list.area = octets,
 * area_length = length. ERR_LIMIT when the room is full (nothing was written then). */
struct tlv_writer {
	uint8_t *octets;
	size_t room;
	size_t length;
};
int tlv_put(struct tlv_writer *to, uint16_t tag, const void *value, size_t length) MUST_CHECK;
int tlv_put_u8(struct tlv_writer *to, uint16_t tag, uint8_t value) MUST_CHECK;
int tlv_put_u16(struct tlv_writer *to, uint16_t tag, uint16_t value) MUST_CHECK;

#endif
