/* Octets to UTF-8: see csv_decode.h. */
#include "flows/lists/csv_decode.h"

#include <string.h>

#include "parsers/text/utf8.h"

#define BOM_BE "\xfe\xff"
#define BOM_LE "\xff\xfe"

static int32_t unit(const char *octets, bool little)
{
	return (unsigned char)octets[little] << 8 | (unsigned char)octets[!little];
}

static const char *from_utf16(
	struct arena *arena, const char *octets, size_t length, bool little, size_t *out_length)
{
	struct strbuf text = {0};
	const char *copy;

	for (size_t i = 0; i + 1 < length; i += 2) {
		int32_t c = unit(octets + i, little);

		if (c >= 0xd800 && c < 0xdc00 && i + 3 < length) { /* two units for one character */
			i += 2;
			c = 0x10000 + ((c - 0xd800) << 10) + (unit(octets + i, little) & 0x3ff);
		}
		utf8_put(&text, c);
	}
	*out_length = text.length;
	copy = arena_strndup(arena, text.text ? text.text : "", text.length);
	strbuf_free(&text);
	return copy;
}

/* What is wrong in the text and in which line; NULL: nothing. */
static const char *find_wrong(struct arena *arena, const char *text, size_t length, bool indonesian)
{
	int32_t codepoint;
	int line = 1;

	for (size_t used; length; text += used, length -= used) {
		used = utf8_next(text, length, &codepoint);
		if (codepoint == '\0')
			return arena_printf(arena,
				indonesian ? "baris %d: ini bukan berkas teks"
					   : "line %d: a NUL octet: not a text file",
				line);
		if (codepoint < 0)
			return arena_printf(arena,
				indonesian
					? "baris %d: bukan teks UTF-8; simpan sebagai \"CSV UTF-8\""
					: "line %d: not UTF-8 text; save it as \"CSV UTF-8\"",
				line);
		line += codepoint == '\n';
	}
	return NULL;
}

const char *csv_decode(struct arena *arena, const char *octets, size_t length, size_t *out_length,
	const char **wrong, bool indonesian)
{
	*wrong = NULL;
	if (length >= 2 && memcmp(octets, BOM_LE, 2) == 0)
		return from_utf16(arena, octets + 2, length - 2, true, out_length);
	if (length >= 2 && memcmp(octets, BOM_BE, 2) == 0)
		return from_utf16(arena, octets + 2, length - 2, false, out_length);
	*wrong = find_wrong(arena, octets, length, indonesian);
	*out_length = length;
	return *wrong ? NULL : octets;
}
