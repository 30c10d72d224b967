/* Delivery receipts: TLVs first, then the text, in whatever form the SMSC writes it. */
#ifndef GATEWAY_SMPP_RECEIPT_H
#define GATEWAY_SMPP_RECEIPT_H

#include "gateway/smpp/smpp_receipt_text.h"

#define RECEIPT_SPELLINGS 3 /* of one id */
#define RECEIPT_VARIANTS  9

struct pattern;

enum receipt_kind {
	RECEIPT_NONE, /* a person's message, whatever its esm_class says */
	RECEIPT_MAYBE, /* one if a number in it is the id of what we sent to that phone */
	RECEIPT_SURE, /* no person wrote it; never answered, also when no id of ours is in it */
};

struct receipt {
	enum receipt_kind kind;
	char id[RECEIPT_ID_SIZE]; /* as the SMSC wrote it; "": none */
	/* Spellings of its ids, likeliest first, as receipt_variants() gives them: of the TLV, of
	 * the text's key, and (from nkeyed on) of words that have no key. */
	char variants[RECEIPT_VARIANTS][RECEIPT_ID_SIZE];
	size_t nvariant, nkeyed;
	enum receipt_state state;
	bool final; /* nothing more will come about this message */
	int error; /* err: of the text form, or network_error_code; 0: none */
};

/* Reads what says that this is a receipt (or an intermediate notification). The esm_class alone
 * says nothing: SMSCs set it on people's messages and forget it on receipts. form: how this SMSC writes
 * them (smpp_receipt_form.h), NULL: nothing is known. */
enum receipt_kind receipt_read(struct receipt *out, uint8_t esm_class, const uint8_t *octets,
	size_t length, const struct tlv_list *tlvs, const struct pattern *form);

/* The ways in which SMSCs write one id in submit_sm_resp and in the receipt: as it is, as hex of the
 * decimal, as decimal of the hex; each in small letters and without leading zeros. Fills variants[],
 * likeliest first (try them in this order: a later one may be another message's id), without
 * doubles, and returns their count. */
size_t receipt_variants(const char *id, char variants[RECEIPT_SPELLINGS][RECEIPT_ID_SIZE]);

#endif
