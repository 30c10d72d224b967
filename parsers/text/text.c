/* Octets to UTF-8 by data_coding, with a second look at what does not fit its label: see text.h. */
#include "parsers/text/text.h"

#include <string.h>

#include "parsers/text/coding.h"
#include "parsers/text/gsm7.h"
#include "parsers/text/utf8.h"

#define REPLACEMENT  0xFFFD
#define SCORE_OCTETS 320 /* octets that are looked at for the choice; even */
#define SCORE_LABEL  8 /* what coding_score() must be better by than the label's */
#define SCORE_UTF8   12 /* no other coding makes sequences of UTF-8 by chance */
#define SCORE_MARK   20 /* a byte order mark */
#define SCORE_TURNED 6 /* a character whose lower octet is nought */
#define SCORE_HALF   4 /* half a character of UCS-2 */
#define SCORE_NUL    11 /* "@" is rare, and nothing is rarer */

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

/* One way to read the octets. */
struct candidate {
	enum text_coding coding;
	bool little; /* octets of UCS-2 the other way round */
};

static void decode_as(const struct candidate *candidate, const unsigned char *octets, size_t length,
	struct strbuf *out, struct text_oddities *odd)
{
	odd->replaced = odd->dropped = 0;
	strbuf_clear(out);
	strbuf_puts(out, "");
	switch (candidate->coding) {
	case CODING_UCS2:
		decode_ucs2(octets, length, candidate->little, out, odd);
		break;
	case CODING_GSM7:
		odd->replaced = gsm7_decode(octets, length, out);
		break;
	case CODING_UTF8:
		decode_utf8(octets, length, out, odd);
		break;
	case CODING_LATIN1:
	case CODING_ASCII:
		decode_octets(octets, length, out, odd);
		break;
	}
}

/* Well-formed UTF-8 with a character above 0x7F. */
static bool is_utf8(const unsigned char *octets, size_t length)
{
	int32_t codepoint;
	bool high = false;

	for (size_t i = 0; i < length;) {
		i += utf8_next((const char *)octets + i, length - i, &codepoint);
		if (codepoint < 0)
			return false;
		high |= codepoint > 0x7F;
	}
	return high;
}

/* What the octets themselves say for a candidate, beside how it reads. */
static int structure_score(
	const struct candidate *candidate, const unsigned char *octets, size_t length)
{
	int score = 0;

	if (candidate->coding == CODING_UTF8)
		return SCORE_UTF8;
	if (candidate->coding == CODING_UCS2) {
		bool mark = length >= 2 && octets[candidate->little] == 0xFE &&
			octets[!candidate->little] == 0xFF;

		if (length == 1)
			return -SCORE_MARK;
		for (size_t i = 0; i + 1 < length; i += 2) /* U+4C00 is "L" the other way round */
			score -= octets[i + !candidate->little] == 0 ? SCORE_TURNED : 0;
		return score + (mark ? SCORE_MARK : 0) - (length % 2 ? SCORE_HALF : 0);
	}
	for (size_t i = 0; i < length; i++) /* "@" of GSM 03.38, or nothing */
		score -= octets[i] == 0 ? SCORE_NUL : 0;
	return score;
}

/* Printable ASCII under an octet's label: nothing to be decided. */
static bool is_plain(const unsigned char *octets, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if ((octets[i] < 0x20 && octets[i] != '\n' && octets[i] != '\r') ||
			octets[i] > 0x7E)
			return false;
	}
	return true;
}

/* The way in which the octets read best; the label counts as much as a few letters. */
static struct candidate choose(const unsigned char *octets, size_t length,
	enum text_coding label, const struct text_knows *knows)
{
	const struct candidate all[] = {{label, false}, {CODING_UCS2, false}, {CODING_UCS2, true},
		{CODING_UTF8, false}, {CODING_ASCII, false}, {CODING_LATIN1, false},
		{CODING_GSM7, false}};
	struct candidate best = all[0];
	struct strbuf text = {0};
	int most = 0;

	length = length < SCORE_OCTETS ? length : SCORE_OCTETS;
	if (label != CODING_UCS2 && is_plain(octets, length))
		return best;
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		struct text_oddities odd;
		int score;

		if ((i > 0 && all[i].coding == label && !all[i].little) ||
			(all[i].coding == CODING_UTF8 && !is_utf8(octets, length)) ||
			(all[i].coding == CODING_ASCII && i > 0 && !is_plain(octets, length)))
			continue;
		decode_as(&all[i], octets, length, &text, &odd);
		score = coding_score(text.text, text.length, knows) +
			structure_score(&all[i], octets, length) + (i == 0 ? SCORE_LABEL : 0);
		if (i == 0 || score > most) {
			most = score;
			best = all[i];
		}
	}
	strbuf_free(&text);
	return best;
}

char *text_decode(struct arena *arena, const unsigned char *octets, size_t length,
	unsigned data_coding, enum alphabet alphabet, const struct text_knows *knows,
	struct text_oddities *odd)
{
	enum text_coding label = labelled(data_coding & 0xFF, alphabet);
	struct candidate chosen;
	struct text_oddities unused;
	struct strbuf out = {.arena = arena};

	odd = odd ? odd : &unused;
	if (label != CODING_UCS2 && gsm7_plain((const char *)octets, length) == length) {
		*odd = (struct text_oddities){.coding = label}; /* the same in all of them */
		return arena_strndup(arena, length ? (const char *)octets : "", length);
	}
	chosen = choose(octets, length, label, knows);
	*odd = (struct text_oddities){.coding = chosen.coding,
		.mislabelled = chosen.coding != label || chosen.little};
	decode_as(&chosen, octets, length, &out, odd);
	return out.text;
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
