/* The mandatory fields of a PDU as table rows, and the walk that finds them in the octets.
 *
 * Only smpp_pdu.c uses this. The walk proves that every field ends inside its own room and inside
 * the PDU, before libsmpp34 sees anything.
 */
#ifndef GATEWAY_SMPP_LAYOUT_H
#define GATEWAY_SMPP_LAYOUT_H

#include "gateway/smpp/smpp_codes.h"
#include "gateway/smpp/smpp_frame.h"

enum field_kind {
	FIELD_TEXT, /* C-octet string */
	FIELD_BYTE,
	FIELD_CHECKED_BYTE, /* one that libsmpp34 takes only with values it knows: it gets `safe` */
	FIELD_MESSAGE, /* sm_length and short_message */
};

struct field {
	enum field_kind kind;
	uint8_t size; /* FIELD_TEXT: octets on the wire at most, with the NUL */
	uint8_t safe;
	uint16_t defect; /* ESME_R* for a field that is wrong in itself */
	size_t offset; /* in struct pdu; of FIELD_MESSAGE: that of octets */
	size_t lib_offset, lib_size; /* in libsmpp34's struct */
};

struct layout {
	uint32_t command;
	const struct field *fields;
	size_t count;
	bool tlvs; /* optional parameters may follow */
};

#define LAYOUT_FIELDS 18 /* room for the longest layout, deliver_sm */

/* Where a field lies, after the walk. */
struct span {
	const uint8_t *at;
	size_t length; /* FIELD_TEXT: without the NUL; FIELD_MESSAGE: without sm_length */
};

/* Walks the body (behind the header). ESME_ROK or the first defect; *used: octets of the
 * mandatory part. */
uint32_t layout_walk(const struct layout *layout, const uint8_t *body, size_t length,
	struct span spans[LAYOUT_FIELDS], size_t *used) MUST_CHECK;

#endif
