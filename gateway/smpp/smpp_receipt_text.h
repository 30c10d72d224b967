/* A delivery receipt as text: which ids, which state, told by structure and not by one vendor's
 * order or spelling. Appendix B of SMPP 3.4 only gives an example; each SMSC writes its own. */
#ifndef GATEWAY_SMPP_RECEIPT_TEXT_H
#define GATEWAY_SMPP_RECEIPT_TEXT_H

#include "gateway/smpp/smpp_tlv.h"

enum receipt_state { /* message_state, section 5.2.28 */
	RECEIPT_UNKNOWN_STATE = 0, RECEIPT_ENROUTE = 1, RECEIPT_DELIVERED = 2, RECEIPT_EXPIRED = 3,
	RECEIPT_DELETED = 4, RECEIPT_UNDELIVERABLE = 5, RECEIPT_ACCEPTED = 6, RECEIPT_UNKNOWN = 7,
	RECEIPT_REJECTED = 8,
	RECEIPT_STATES
};
const char *receipt_state_name(enum receipt_state state); /* "delivered" */
/* What a word behind "stat:" says, however it is cut or written out; or message_state as a number. */
enum receipt_state receipt_state_of(const char *word);

#define RECEIPT_ID_SIZE	  66
#define RECEIPT_ID_KEYED  2
#define RECEIPT_ID_GUESSES 3

struct receipt_text {
	char keyed[RECEIPT_ID_KEYED][RECEIPT_ID_SIZE]; /* behind "id:" and its like */
	size_t nkeyed;
	char guessed[RECEIPT_ID_GUESSES][RECEIPT_ID_SIZE]; /* words that may be one */
	size_t nguessed;
	enum receipt_state state;
	bool keyed_state; /* the state stands behind "stat:" and its like */
	bool machine; /* a word that only machines write: DELIVRD */
	size_t keys; /* of receipts, beside id and state: sub, dlvrd, done date, err … */
	int error; /* err: */
	size_t words;
};

void receipt_text_read(struct receipt_text *out, const uint8_t *octets, size_t length);

#endif
