/* Octets to UTF-8 by data_coding, with a second look at what does not fit its label: see text.h. */
#include "parsers/text/text.h"

#include <string.h>

#include "parsers/text/gsm7.h"
#include "parsers/text/utf8.h"

#define REPLACEMENT 0xFFFD

static enum text_coding default_coding(enum alphabet alphabet)
{
	switch (alphabet) {
	case ALPHABET_LATIN1:
		return CODING_LATIN1;
	case ALPHABET_ASCII:
		return CODING_ASCII;
	case ALPHABET_GSM7:
		break;
	}
	return CODING_GSM7;
}

/* The alphabet bits of TS 23.038's general groups: 0 default, 1 octets, 2 UCS-2. */
static enum text_coding group_coding(unsigned bits, enum alphabet alphabet)
{
	if (bits == 1)
		return CODING_LATIN1;
	return bits == 2 ? CODING_UCS2 : default_coding(alphabet);
}

static enum text_coding labelled(unsigned data_coding, enum alphabet alphabet)
{
	switch (data_coding) {
	case 0x01:
		return CODING_ASCII;
	case 0x02:
	case 0x03:
	case 0x04:
		return CODING_LATIN1;
	case 0x08:
		return CODING_UCS2;
	default:
		break;
	}
	if (data_coding >= 0x10 && data_coding <= 0x7F)
		return group_coding(data_coding >> 2 & 3, alphabet);
	if (data_coding >= 0xE0 && data_coding <= 0xEF)
		return CODING_UCS2;
	if (data_coding >= 0xF0)
		return group_coding(data_coding >> 2 & 1, alphabet);
	return default_coding(alphabet);
}

struct census {
	size_t high; /* octets above 0x7F */
	size_t plain; /* printable ASCII, CR, LF, TAB */
	size_t zero[2]; /* NUL octets at even and odd places */
	bool utf8; /* well-formed UTF-8 with a character above 0x7F */
};

static struct census census_of(const unsigned char *octets, size_t length)
{
	struct census census = {.utf8 = true};
	int32_t codepoint;

	for (size_t i = 0; i < length; i++) {
		unsigned char c = octets[i];

		census.high += c > 0x7F;
		census.plain += (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t';
		census.zero[i & 1] += c == 0;
	}
	for (size_t i = 0; i < length && census.utf8 && census.high;) {
		i += utf8_next((const char *)octets + i, length - i, &codepoint);
		census.utf8 = codepoint >= 0;
	}
	census.utf8 = census.utf8 && census.high > 0;
	return census;
}

/* Every other octet (nearly) is NUL: UCS-2 of Latin text. part is 0 for big-endian, 1 for little.
 */
static bool looks_ucs2(const struct census *census, size_t length, int part)
{
	size_t pairs = length / 2;

	return length >= 2 && length % 2 == 0 && census->zero[part] * 4 >= pairs * 3 &&
		census->zero[!part] == 0;
}

static uint16_t unit(const unsigned char *octets, bool little)
{
	return (uint16_t)(octets[little ? 1 : 0] << 8 | octets[little ? 0 : 1]);
}

static void decode_ucs2(const unsigned char *octets, size_t length, bool little, struct strbuf *out,
	struct text_oddities *odd)
{
	odd->dropped += length % 2;
	for (size_t i = 0; i + 1 < length; i += 2) {
		uint16_t c = unit(octets + i, little);
		uint16_t next = i + 3 < length ? unit(octets + i + 2, little) : 0;

		if (c == 0) {
			odd->dropped++;
		} else if (c >= 0xD800 && c < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
			utf8_put(out, 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00));
			i += 2;
		} else if (c >= 0xD800 && c < 0xE000) {
			utf8_put(out, REPLACEMENT);
			odd->replaced++;
		} else if (c != 0xFEFF) {
			utf8_put(out, c);
		}
	}
}

/* Phones and gateways that say Latin-1 mean Windows-1252 between 0x80 and 0x9F. */
static int32_t windows1252(unsigned char c)
{
	static const uint16_t high[32] = {0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D,
		0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178};

	if (c < 0x80 || c > 0x9F)
		return c;
	return high[c - 0x80] ? high[c - 0x80] : REPLACEMENT;
}

static void decode_octets(
	const unsigned char *octets, size_t length, struct strbuf *out, struct text_oddities *odd)
{
	for (size_t i = 0; i < length; i++) {
		int32_t codepoint = windows1252(octets[i]);

		if (codepoint == 0) {
			odd->dropped++;
			continue;
		}
		odd->replaced += codepoint == REPLACEMENT;
		utf8_put(out, codepoint);
	}
}

static void decode_utf8(
	const unsigned char *octets, size_t length, struct strbuf *out, struct text_oddities *odd)
{
	for (size_t i = 0; i < length; i++) {
		if (octets[i])
			strbuf_putc(out, (char)octets[i]);
		else
			odd->dropped++;
	}
}

/* The coding that the octets speak for, whatever the label says. */
static enum text_coding judge(const unsigned char *octets, size_t length, enum text_coding label,
	const struct census *census, bool *little)
{
	bool mark = length >= 2 && octets[0] == 0xFF && octets[1] == 0xFE;

	*little = mark || looks_ucs2(census, length, 1);
	if (label == CODING_UCS2) {
		/* eight octets of nothing but ASCII are no Chinese word */
		return census->plain == length && length >= 8 ? CODING_ASCII : CODING_UCS2;
	}
	if (*little || looks_ucs2(census, length, 0) ||
		(length >= 2 && octets[0] == 0xFE && octets[1] == 0xFF))
		return CODING_UCS2;
	if (census->utf8)
		return CODING_UTF8;
	return census->high ? CODING_LATIN1 : label;
}

char *text_decode(struct arena *arena, const unsigned char *octets, size_t length,
	unsigned data_coding, enum alphabet alphabet, struct text_oddities *odd)
{
	enum text_coding label = labelled(data_coding & 0xFF, alphabet);
	struct census census = census_of(octets, length);
	struct text_oddities unused;
	struct strbuf out = {0};
	bool little = false;
	char *text;

	odd = odd ? odd : &unused;
	*odd = (struct text_oddities){.coding = judge(octets, length, label, &census, &little)};
	odd->mislabelled = odd->coding != label || (label == CODING_UCS2 && little);
	switch (odd->coding) {
	case CODING_UCS2:
		decode_ucs2(octets, length, little, &out, odd);
		break;
	case CODING_GSM7:
		odd->replaced = gsm7_decode(octets, length, &out);
		break;
	case CODING_UTF8:
		decode_utf8(octets, length, &out, odd);
		break;
	case CODING_LATIN1:
	case CODING_ASCII:
		decode_octets(octets, length, &out, odd);
		break;
	}
	text = arena_strndup(arena, out.text ? out.text : "", out.length);
	strbuf_free(&out);
	return text;
}

size_t text_to_ucs2(struct arena *arena, const char *utf8, unsigned char **out)
{
	size_t left = strlen(utf8), length = 0;
	unsigned char *octets = arena_alloc(arena, left * 2 + 2);

	while (left > 0) {
		int32_t c;
		size_t used = utf8_next(utf8, left, &c);

		c = c < 0 ? REPLACEMENT : c;
		if (c > 0xFFFF) {
			int32_t high = 0xD800 + ((c - 0x10000) >> 10);

			octets[length++] = (unsigned char)(high >> 8);
			octets[length++] = (unsigned char)(high & 0xFF);
			c = 0xDC00 + ((c - 0x10000) & 0x3FF);
		}
		octets[length++] = (unsigned char)(c >> 8);
		octets[length++] = (unsigned char)(c & 0xFF);
		utf8 += used;
		left -= used;
	}
	*out = octets;
	return length;
}
