/* How an operator speaks USSD over SMPP, as plain data from conf/dialects/<name>.ini. */
#ifndef GATEWAY_USSD_DIALECT_H
#define GATEWAY_USSD_DIALECT_H

#include <stdint.h>

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct config_errors;

#define USSD_OPS 8
struct ussd_ops {
	uint8_t list[USSD_OPS];
	size_t count;
};

#define USSD_DIALECT_NAME 32
struct ussd_dialect {
	char name[USSD_DIALECT_NAME];
	/* The TLV that names the session: its value of 1 to 8 octets as a number; size 0: the phone
	 * alone. */
	uint16_t tag;
	uint8_t size;
	uint64_t key_mask; /* the bits that stay the same throughout a session */
	uint64_t abort_bits; /* any of them set by the operator: the session is over */
	uint64_t end_bits; /* set by us in the last screen, cleared in the others */
	struct ussd_ops begin, answer, abort; /* ussd_service_op of what comes in */
	uint8_t menu, end; /* ussd_service_op of a screen that waits, of the last one */
	bool code_in_address; /* the dialled code is the destination address; else it is the text */
	uint8_t coding, coding_ucs2; /* data_coding of screens */
	int septets; /* longest screen */
	int user_seconds, session_seconds;
};

/* ERR_CONFIG: errors were added. */
int config_dialect_read(struct ussd_dialect *out, const char *directory, const char *name,
	struct config_errors *errors) MUST_CHECK;

#endif
