/* GSM 03.38: the default alphabet with its extension table, one septet per octet as SMPP carries
 * it.
 *
 * Source of the table: 3GPP TS 23.038, section 6.2.1 (the tests compare it with ICU's
 * gsm-03.38-2009).
 */
#ifndef PARSERS_GSM7_H
#define PARSERS_GSM7_H

#include "parsers/text/util.h"

/* Adds the text as UTF-8. An escape without a known extension shows the second character's basic
 * form, as the standard asks; an octet above 0x7F is U+FFFD. Returns how many octets were odd. */
size_t gsm7_decode(const unsigned char *octets, size_t length, struct strbuf *out);

/* The code of one character: 0..0x7F, 0x1B00 | code for the extension table, -1 when there is none.
 */
int gsm7_code(int32_t codepoint);

/* How many characters, of at most so many, a text begins with that stand where ASCII has them: an
 * octet and a septet each. */
size_t gsm7_plain(const char *text, size_t most);

/* Encodes UTF-8; at most room octets. Returns the length, ERR_SYNTAX for a character that the
 * alphabet lacks or broken UTF-8, ERR_LIMIT when room is short. */
ssize_t gsm7_encode(const char *utf8, unsigned char *out, size_t room) MUST_CHECK;

/* Septets that a text needs (an extended character takes two); -1 when it does not fit the
 * alphabet. */
ssize_t gsm7_septets(const char *utf8);

#endif
