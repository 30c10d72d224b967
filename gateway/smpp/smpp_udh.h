/* Parts of a long message: user data headers (3GPP TS 23.040, 9.2.3.24) and the SAR TLVs. */
#ifndef GATEWAY_SMPP_UDH_H
#define GATEWAY_SMPP_UDH_H

#include "gateway/smpp/smpp_tlv.h"

struct message_part {
	uint16_t ref;
	uint8_t total, number; /* total ≥ 2, 1 ≤ number ≤ total; both 0: the message is whole */
	bool wide; /* the reference has 16 bits: another space of numbers than 8-bit ones */
};

struct udh {
	size_t length; /* octets to skip, the length octet included */
	struct message_part part;
	bool has_ports;
	uint16_t source_port, destination_port;
};

/* ERR_SYNTAX: the header reaches beyond the octets or an element beyond the header; out->length is
 * then 0 and the octets are to be read as plain text. */
int udh_parse(struct udh *out, const uint8_t *octets, size_t length) MUST_CHECK;

/* What a message's esm_class, octets and TLVs say: where the text starts and which part it is. A
 * UDH wins over SAR; nonsense (part 3 of 2, a broken header) counts as a whole message. */
struct user_data {
	const uint8_t *octets; /* without the header */
	size_t length;
	struct message_part part;
	bool broken; /* a header was announced and is not readable */
};
void user_data_read(struct user_data *out, uint8_t esm_class, const uint8_t *octets, size_t length,
	const struct tlv_list *tlvs);

/* Six octets that go before the text of part `number` of `total` (esm_class ESM_UDHI). */
#define UDH_CONCAT_SIZE 6
void udh_write_concat(uint8_t out[UDH_CONCAT_SIZE], uint8_t ref, uint8_t total, uint8_t number);

#endif
