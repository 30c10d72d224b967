/* The phones of the simulated operator: text to PDUs and back.
 *
 * A text goes out as GSM 03.38 when it fits that alphabet, else as UCS-2, in parts when it is long,
 * as a phone would send it. USSD phones will stand beside these.
 */
#ifndef TOOLS_SMSC_PHONES_H
#define TOOLS_SMSC_PHONES_H

#include "tools/smsc/smsc_server.h"

struct phones;

/* address: the short code that people write to ("2255"). */
struct phones *phones_new(struct smsc *smsc, const char *address);
void phones_free(struct phones *phones);
void phones_set_receipts(
	struct phones *phones, bool on); /* delivery receipts for submits that ask for one */

/* A person writes. ERR_RANGE: not a phone number, or the text is too long. Cookies count from 1. */
int phones_write(
	struct phones *phones, const char *from, const char *text, uint64_t cookie) MUST_CHECK;

/* What a submit shows on its phone; also sends the receipt. Free both. */
struct phone_message {
	char *to; /* "+6281…" */
	char *text; /* a part of a long one begins with "[1/2] " */
};
void phones_receive(struct phones *phones, const struct pdu *pdu, const char *message_id,
	struct phone_message *out);

#endif
