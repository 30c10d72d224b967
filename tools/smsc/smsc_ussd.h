/* USSD phones of the simulated operator: they dial, answer, are cut off, in an operator's dialect.
 */
#ifndef TOOLS_SMSC_USSD_H
#define TOOLS_SMSC_USSD_H

#include "gateway/smpp/ussd_dialect.h"
#include "tools/smsc/smsc_server.h"

struct ussd_phones;

/* address: the code's service address; NULL dialect: the standard one is not known and nothing can
 * be dialled. */
struct ussd_phones *ussd_phones_new(
	struct smsc *smsc, const char *address, const struct ussd_dialect *dialect);
void ussd_phones_free(struct ussd_phones *phones);

/* "*355#" dials, "END" is cut off, anything else answers. ERR_RANGE: not a number, or too long a
 * text; ERR_NOT_FOUND: there is no dialect; OK without an effect when the dialect has no word for
 * being cut off. */
int ussd_phones_type(
	struct ussd_phones *phones, const char *from, const char *text, uint64_t cookie) MUST_CHECK;

/* Is this submit a screen? *end: the last one of its session. */
bool ussd_phones_screen(const struct ussd_phones *phones, const struct pdu *pdu, bool *end);

#endif
