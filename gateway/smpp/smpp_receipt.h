/* Delivery receipts: TLVs first, then the text form "id:… stat:DELIVRD err:000". */
#ifndef GATEWAY_SMPP_RECEIPT_H
#define GATEWAY_SMPP_RECEIPT_H

#include "gateway/smpp/smpp_tlv.h"

enum receipt_state { /* message_state, section 5.2.28 */
	RECEIPT_UNKNOWN_STATE = 0, RECEIPT_ENROUTE = 1, RECEIPT_DELIVERED = 2, RECEIPT_EXPIRED = 3,
	RECEIPT_DELETED = 4, RECEIPT_UNDELIVERABLE = 5, RECEIPT_ACCEPTED = 6, RECEIPT_UNKNOWN = 7,
	RECEIPT_REJECTED = 8,
};

#define RECEIPT_ID_SIZE	 66
#define RECEIPT_VARIANTS 3

struct receipt {
	char id[RECEIPT_ID_SIZE]; /* as the SMSC wrote it */
	/* id first, then other ways to write it, as receipt_variants() gives them */
	char variants[RECEIPT_VARIANTS][RECEIPT_ID_SIZE];
	size_t nvariant;
	enum receipt_state state;
	bool final; /* nothing more will come about this message */
	int error; /* err: of the text form, or network_error_code; 0: none */
};

/* Is this a receipt (or an intermediate notification) and not a message from a person? */
bool receipt_is(
	uint8_t esm_class, const uint8_t *octets, size_t length, const struct tlv_list *tlvs);

/* ERR_SYNTAX: no message id to be found. */
int receipt_read(struct receipt *out, const uint8_t *octets, size_t length,
	const struct tlv_list *tlvs) MUST_CHECK;

/* The ways in which SMSCs write one id in submit_sm_resp and in the receipt: as it is, as hex of the
 * decimal, as decimal of the hex; each in small letters and without leading zeros. Fills variants[],
 * likeliest first (try them in this order: a later one may be another message's id), without
 * doubles, and returns their count. */
size_t receipt_variants(const char *id, char variants[RECEIPT_VARIANTS][RECEIPT_ID_SIZE]);

#endif
