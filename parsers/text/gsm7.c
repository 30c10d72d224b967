/* GSM 03.38 default alphabet and extension table: see gsm7.h. */
#include "parsers/text/gsm7.h"

#include <string.h>

#include "parsers/text/error.h"
#include "parsers/text/utf8.h"

#define ESCAPE 0x1B

static const uint16_t basic[128] = {
	0x40,
	0xA3,
	0x24,
	0xA5,
	0xE8,
	0xE9,
	0xF9,
	0xEC,
	0xF2,
	0xC7,
	0x0A,
	0xD8,
	0xF8,
	0x0D,
	0xC5,
	0xE5,
	0x394,
	0x5F,
	0x3A6,
	0x393,
	0x39B,
	0x3A9,
	0x3A0,
	0x3A8,
	0x3A3,
	0x398,
	0x39E,
	0xA0,
	0xC6,
	0xE6,
	0xDF,
	0xC9,
	0x20,
	0x21,
	0x22,
	0x23,
	0xA4,
	0x25,
	0x26,
	0x27,
	0x28,
	0x29,
	0x2A,
	0x2B,
	0x2C,
	0x2D,
	0x2E,
	0x2F,
	0x30,
	0x31,
	0x32,
	0x33,
	0x34,
	0x35,
	0x36,
	0x37,
	0x38,
	0x39,
	0x3A,
	0x3B,
	0x3C,
	0x3D,
	0x3E,
	0x3F,
	0xA1,
	0x41,
	0x42,
	0x43,
	0x44,
	0x45,
	0x46,
	0x47,
	0x48,
	0x49,
	0x4A,
	0x4B,
	0x4C,
	0x4D,
	0x4E,
	0x4F,
	0x50,
	0x51,
	0x52,
	0x53,
	0x54,
	0x55,
	0x56,
	0x57,
	0x58,
	0x59,
	0x5A,
	0xC4,
	0xD6,
	0xD1,
	0xDC,
	0xA7,
	0xBF,
	0x61,
	0x62,
	0x63,
	0x64,
	0x65,
	0x66,
	0x67,
	0x68,
	0x69,
	0x6A,
	0x6B,
	0x6C,
	0x6D,
	0x6E,
	0x6F,
	0x70,
	0x71,
	0x72,
	0x73,
	0x74,
	0x75,
	0x76,
	0x77,
	0x78,
	0x79,
	0x7A,
	0xE4,
	0xF6,
	0xF1,
	0xFC,
	0xE0,
};

static const struct {
	unsigned char code;
	uint16_t codepoint;
} extended[] = {
	{0x0A, 0x0C}, {0x14, '^'}, {0x28, '{'}, {0x29, '}'}, {0x2F, '\\'},
	{0x3C, '['}, {0x3D, '~'}, {0x3E, ']'}, {0x40, '|'}, {0x65, 0x20AC},
};

static int32_t extension(unsigned char code)
{
	for (size_t i = 0; i < COUNT_OF(extended); i++)
		if (extended[i].code == code)
			return extended[i].codepoint;
	return -1;
}

size_t gsm7_decode(const unsigned char *octets, size_t length, struct strbuf *out)
{
	size_t odd = 0;

	for (size_t i = 0; i < length; i++) {
		unsigned char c = octets[i];
		int32_t wide;

		if (c > 0x7F) {
			utf8_put(out, 0xFFFD);
			odd++;
		} else if (c != ESCAPE) {
			utf8_put(out, basic[c]);
		} else if (i + 1 < length && (wide = extension(octets[i + 1])) >= 0) {
			utf8_put(out, wide);
			i++;
		} else {
			odd++; /* the next octet then speaks for itself; a last escape is nothing */
		}
	}
	return odd;
}

/* Letters, digits and most signs. */
static bool is_plain(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= ' ' && c <= 'Z' && c != '$' && c != '@');
}

size_t gsm7_plain(const char *text, size_t most)
{
	size_t length = 0;

	while (length < most && is_plain(text[length]))
		length++;
	return length;
}

int gsm7_code(int32_t codepoint)
{
	if (is_plain(codepoint))
		return (int)codepoint;
	for (int i = 0; i < 128; i++)
		if (basic[i] == codepoint && i != ESCAPE)
			return i;
	for (size_t i = 0; i < COUNT_OF(extended); i++)
		if (extended[i].codepoint == codepoint)
			return ESCAPE << 8 | extended[i].code;
	return -1;
}

ssize_t gsm7_encode(const char *utf8, unsigned char *out, size_t room)
{
	size_t left, length = gsm7_plain(utf8, SIZE_MAX);

	if (length > room)
		return ERR_LIMIT;
	memcpy(out, utf8, length);
	utf8 += length;
	left = strlen(utf8);
	while (left > 0) {
		int32_t codepoint;
		size_t used = utf8_next(utf8, left, &codepoint);
		int code = codepoint < 0 ? -1 : gsm7_code(codepoint);

		if (code < 0)
			return ERR_SYNTAX;
		if (length + (code > 0x7F ? 2 : 1) > room)
			return ERR_LIMIT;
		if (code > 0x7F)
			out[length++] = ESCAPE;
		out[length++] = (unsigned char)(code & 0x7F);
		utf8 += used;
		left -= used;
	}
	return (ssize_t)length;
}

ssize_t gsm7_septets(const char *utf8)
{
	ssize_t count = (ssize_t)gsm7_plain(utf8, SIZE_MAX);
	size_t left = strlen(utf8 += count);

	while (left > 0) {
		int32_t codepoint;
		size_t used = utf8_next(utf8, left, &codepoint);
		int code = codepoint < 0 ? -1 : gsm7_code(codepoint);

		if (code < 0)
			return -1;
		count += code > 0x7F ? 2 : 1;
		utf8 += used;
		left -= used;
	}
	return count;
}
