/* Single characters of UTF-8, and upper case. */
#ifndef PARSERS_UTF8_H
#define PARSERS_UTF8_H

#include "parsers/text/util.h"

/* One character of UTF-8 at text (length octets left, > 0): its length, at least 1; *codepoint is
 * -1 when broken. */
size_t utf8_next(const char *text, size_t length, int32_t *codepoint);
void utf8_put(struct strbuf *out, int32_t codepoint);
char *text_upper(struct arena *arena, const char *utf8);

#endif
