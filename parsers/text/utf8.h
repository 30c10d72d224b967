/* Single characters and octets of UTF-8, and upper case. */
#ifndef PARSERS_UTF8_H
#define PARSERS_UTF8_H

#include "parsers/text/util.h"

/* One character of UTF-8 at text (length octets left, > 0): its length, at least 1; *codepoint is
 * -1 when broken. */
size_t utf8_next(const char *text, size_t length, int32_t *codepoint);
void utf8_put(struct strbuf *out, int32_t codepoint);
char *text_upper(struct arena *arena, const char *utf8);

/* What an octet is part of. */
enum octet { OCTET_SIGN, OCTET_LETTER, OCTET_DIGIT };
extern const unsigned char octet_kinds[256];
static inline bool octet_letter(char c)
{
	return octet_kinds[(unsigned char)c] == OCTET_LETTER;
}
static inline bool octet_digit(char c)
{
	return octet_kinds[(unsigned char)c] == OCTET_DIGIT;
}

#endif
