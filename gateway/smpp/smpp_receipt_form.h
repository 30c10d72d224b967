/* Receipts in a form of their own, which a link's receipt_pattern tells: a pattern with the groups
 *   id         which message (needed)
 *   state      what became of it, in a word of receipts (DELIVRD, gagal) or as message_state
 *   delivered  where such a group takes part, it has arrived ...
 *   failed     ... or will not
 *   error      a number
 * Each may have a name once. What it matches is a receipt, whatever else it looks like. */
#ifndef GATEWAY_SMPP_RECEIPT_FORM_H
#define GATEWAY_SMPP_RECEIPT_FORM_H

#include "gateway/smpp/smpp_receipt_text.h"
#include "parsers/words/pattern.h"

/* As pattern_new(); also an error: no group "id", or one that means nothing. */
int receipt_form_new(struct pattern **out, const char *text, char *detail, size_t room, size_t *at)
	MUST_CHECK;
/* Fills *out when the text has the form. */
bool receipt_form_read(const struct pattern *form, const uint8_t *octets, size_t length,
	struct receipt_text *out);

#endif
