/* The one wall around libsmpp34: SMPP PDUs as plain structs, both sides of the protocol (ESME and
 * SMSC).
 *
 * Loop thread only (the library keeps globals). Strings are copied and terminated; octets and TLVs
 * are views into the frame that was decoded, or into the caller's memory when encoding. */
#ifndef GATEWAY_SMPP_PDU_H
#define GATEWAY_SMPP_PDU_H

#include "gateway/smpp/smpp_codes.h"
#include "gateway/smpp/smpp_frame.h"
#include "gateway/smpp/smpp_tlv.h"

struct pdu_address {
	uint8_t ton, npi;
	char digits[66]; /* 20 in submit_sm and deliver_sm, 64 in data_sm */
};

struct pdu_bind { /* bind_*, outbind (system_id and password only) */
	char system_id[17], password[10], system_type[14], address_range[42];
	uint8_t interface_version, addr_ton, addr_npi;
};

struct pdu_message { /* submit_sm, deliver_sm, data_sm */
	char service_type[7];
	struct pdu_address source, destination;
	uint8_t esm_class, protocol_id, priority, registered_delivery, replace, data_coding;
	uint8_t default_message;
	char schedule[18], validity[18];
	/* Decoded: short_message, or message_payload when that is empty. To encode: up to
	 * PDU_SHORT_MAX goes into short_message (data_sm: always into message_payload), more into
	 * message_payload. */
	const uint8_t *octets;
	size_t length;
};

struct pdu {
	uint32_t length; /* of the whole PDU; set by decode */
	uint32_t command, status, sequence;
	bool has_body; /* decoded: false for a response without a (readable) body */
	uint32_t defect; /* decoded: ESME_R* to answer when pdu_decode failed */
	union {
		struct pdu_bind bind;
		char system_id[17]; /* bind_*_resp */
		char message_id[66]; /* submit_sm_resp, deliver_sm_resp, data_sm_resp */
		struct pdu_message message;
	} u;
	struct tlv_list tlvs; /* to encode, only area and area_length count */
};

/* Decodes one frame of `length` octets (as frame_next measured it). The header fields are set in
 * any case. 0; ERR_NOT_FOUND: a request of an unknown kind (defect ESME_RINVCMDID, answer
 * generic_nack); ERR_SYNTAX: a request with the named defect (answer its response with that
 * status). A response never fails: with no or an unreadable body has_body is false and the body is
 * empty. */
int pdu_decode(struct pdu *out, const uint8_t *octets, size_t length) MUST_CHECK;

/* Zeroes all and sets the header. */
void pdu_init(struct pdu *pdu, uint32_t command, uint32_t status, uint32_t sequence);

/* Writes the PDU. ERR_RANGE: a field is too long or holds what it must not; ERR_LIMIT: out is too
 * small (PDU_ROOM is always enough unless the octets or TLVs are longer than a PDU may be);
 * ERR_NOT_FOUND: unknown command. A response with an error status is written without a body;
 * only deliver_sm_resp keeps its empty one. */
#define PDU_ROOM FRAME_MAX
int pdu_encode(const struct pdu *pdu, uint8_t *out, size_t room, size_t *length) MUST_CHECK;

/* The same for what has no body, or an empty one: enquire_link(_resp), unbind(_resp),
 * generic_nack, deliver_sm_resp, data_sm_resp and every error response. Writes into
 * out[PDU_BARE_ROOM] and returns the length. */
#define PDU_BARE_ROOM 20
size_t pdu_encode_bare(uint32_t command, uint32_t status, uint32_t sequence,
	uint8_t out[PDU_BARE_ROOM]);

#endif
