/* Single characters and octets of UTF-8, and upper case: see utf8.h. */
#include "parsers/text/utf8.h"

#include <string.h>
#include <utf8proc.h>

const unsigned char octet_kinds[256] = {
	['0' ... '9'] = OCTET_DIGIT,
	['a' ... 'z'] = OCTET_LETTER,
	['A' ... 'Z'] = OCTET_LETTER,
	[0x80 ... 0xff] = OCTET_LETTER,
};

size_t utf8_next(const char *text, size_t length, int32_t *codepoint)
{
	utf8proc_int32_t wide;
	utf8proc_ssize_t used;

	if (!((unsigned char)text[0] & 0x80)) {
		*codepoint = text[0];
		return 1;
	}
	used = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &wide);
	if (used <= 0) {
		*codepoint = -1;
		return 1;
	}
	*codepoint = wide;
	return (size_t)used;
}

void utf8_put(struct strbuf *out, int32_t codepoint)
{
	utf8proc_uint8_t octets[4];

	if (codepoint > 0 && codepoint < 0x80)
		strbuf_putc(out, (char)codepoint);
	else
		strbuf_add(out, octets, (size_t)utf8proc_encode_char(codepoint, octets));
}

char *text_upper(struct arena *arena, const char *utf8)
{
	struct strbuf out = {.arena = arena};
	size_t left = strlen(utf8);

	while (left > 0) {
		int32_t codepoint;
		size_t used = utf8_next(utf8, left, &codepoint);

		utf8_put(&out, codepoint < 0 ? 0xFFFD : utf8proc_toupper(codepoint));
		utf8 += used;
		left -= used;
	}
	return out.text ? out.text : arena_strdup(arena, "");
}
