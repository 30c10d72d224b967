/* A reply's text as the user data of one or more submit_sm. */
#ifndef GATEWAY_OUTGOING_ENCODE_H
#define GATEWAY_OUTGOING_ENCODE_H

#include "gateway/out/outgoing.h"
#include "parsers/text/text.h"

#define PARTS_MAX  8
#define PART_ROOM  166 /* 160 septets, or six octets of header and 153 */

enum part_state { PART_WAITING, PART_OUT, PART_SENT };

struct outgoing_part {
	struct outgoing *reply;
	enum part_state state;
	uint8_t length;
	uint8_t octets[PART_ROOM]; /* one septet per octet, or UCS-2 */
};

struct outgoing_parts {
	uint8_t data_coding;
	bool split; /* each part begins with a user data header */
	bool cut; /* the text was longer than PARTS_MAX parts */
	size_t count;
	size_t out; /* in state PART_OUT */
	int refused; /* -1: not; else index of enum submit_outcome that ends this try */
	bool unsure; /* one of them had no response */
	char message_id[66]; /* of the first part */
	struct outgoing_part list[PARTS_MAX];
};

/* A screen of USSD: always one part, cut when it is too long. */
void outgoing_encode_screen(struct outgoing *reply, uint8_t coding, uint8_t coding_ucs2);
/* Fills reply->parts for a link whose data_coding 0 means `alphabet`. ref tells long messages
 * apart. */
void outgoing_encode(struct outgoing *reply, enum alphabet alphabet, uint8_t ref);

#endif
