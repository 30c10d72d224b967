/* Folding: one spelling for everything that looks the same on a phone. Declared in text.h. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "parsers/text/text.h"
#include "parsers/text/utf8.h"

#define MARKS_MAX  8 /* accents on one letter; ordering a long run of them takes its square */
#define ROUNDS_MAX 6 /* of folding until it comes to rest: two, nearly always */

#define EACH(octet) (UINT64_C(0x0101010101010101) * (octet))

/* Eight octets at once, as nearly all are: none is a control character or beyond ASCII. */
static bool fold_eight(const char *text, char *out)
{
	uint64_t octets, capitals;

	memcpy(&octets, text, sizeof(octets));
	if ((octets | (octets - EACH(' ')) | (octets + EACH(1))) & EACH(0x80))
		return false;
	/* what is added lets those from A on, and those behind Z, reach the highest bit */
	capitals = (octets + EACH(0x80 - 'A')) & ~(octets + EACH(0x7F - 'Z')) & EACH(0x80);
	octets |= capitals >> 2; /* 0x20 */
	memcpy(out, &octets, sizeof(octets));
	return true;
}

/* Copies plain ASCII folded; false at the first octet that is not ASCII. */
static bool fold_ascii(const char *text, size_t length, char *out)
{
	size_t used = 0;

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (length - i >= sizeof(uint64_t) && fold_eight(text + i, out + used)) {
			i += sizeof(uint64_t) - 1;
			used += sizeof(uint64_t);
			continue;
		}

		if (c & 0x80)
			return false;
		if (c >= ' ' && c < 0x7F) /* nearly always, and small letters by no branch */
			c |= (unsigned char)((c >= 'A' && c <= 'Z') * ('a' - 'A'));
		else if (c == '\r' && i + 1 < length && text[i + 1] == '\n')
			continue;
		else
			c = c == '\r' || c == '\n' ? '\n' : ' ';
		out[used++] = (char)c;
	}
	out[used] = '\0';
	return true;
}

/* A half written as one character is a decimal after a digit: 3½ is 3,5, not 31/2. */
static const char *fraction(int32_t codepoint, bool after_digit)
{
	switch (codepoint) {
	case 0xBC:
		return after_digit ? ",25" : "0,25";
	case 0xBD:
		return after_digit ? ",5" : "0,5";
	case 0xBE:
		return after_digit ? ",75" : "0,75";
	default:
		return NULL;
	}
}

/* What NFKC would take apart wrongly, octets that are no UTF-8, and heaps of accents. */
static void prepare(const char *text, size_t length, struct strbuf *out)
{
	size_t marks = 0;

	while (length > 0) {
		int32_t codepoint;
		size_t used = utf8_next(text, length, &codepoint);
		bool after_digit = out->length && strchr("0123456789", out->text[out->length - 1]);
		const char *half = fraction(codepoint, after_digit);

		marks = codepoint >= 0x300 &&
			utf8proc_get_property(codepoint)->combining_class ? marks + 1 : 0;
		if (half)
			strbuf_puts(out, half);
		else if (marks > MARKS_MAX)
			; /* no letter has so many */
		else if (codepoint == 0xB4)
			strbuf_putc(out, '\'');
		else if (codepoint < 0)
			utf8_put(out, 0xFFFD);
		else
			strbuf_add(out, text, used);
		text += used;
		length -= used;
	}
}

/* One folded character: itself, a plain one, ' ' for an emoji, 0 to leave it out. */
static int32_t plain(int32_t c)
{
	switch (c) {
	case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x2BC:
		return '\'';
	case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033: case 0xAB: case 0xBB:
		return '"';
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
		return '-';
	case 0x2022: case 0x2023: case 0x25CF: case 0xD7: /* bullets, and × as in a list */
		return '*';
	case 0x2044: case 0x2215:
		return '/';
	case 0x85: case 0x2028: case 0x2029:
		return '\n';
	case 0xFFFD:
		return c;
	default:
		break;
	}
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_SO:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CO:
		return ' ';
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_CF:
		return 0;
	case UTF8PROC_CATEGORY_SK:
		return c >= 0x1F3FB ? 0 : c; /* the skin tones of emoji */
	default:
		return c;
	}
}

static void finish(const char *text, struct strbuf *out)
{
	size_t left = strlen(text);

	while (left > 0 && out->length < TEXT_FOLDED_MAX) {
		int32_t c;
		size_t used = utf8_next(text, left, &c);

		if (c == '\r' && left > 1 && text[1] == '\n')
			c = 0;
		else if (c == '\r' || c == '\n')
			c = '\n';
		else if (c >= 0x7F || c < ' ')
			c = plain(c);
		if (c)
			utf8_put(out, c);
		text += used;
		left -= used;
	}
	if (out->length > TEXT_FOLDED_MAX) { /* not half a character */
		size_t end = TEXT_FOLDED_MAX;

		while (((unsigned char)out->text[end] & 0xC0) == 0x80)
			end--;
		out->text[out->length = end] = '\0';
	}
}

/* false: it is at rest, plain ASCII. */
static bool fold_once(struct arena *arena, const char *utf8, char **folded)
{
	size_t length = strnlen(utf8, TEXT_FOLDED_MAX + 1);
	struct strbuf prepared = {0}, out = {0};
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t size;

	if (length > TEXT_FOLDED_MAX) {
		length = TEXT_FOLDED_MAX;
		while (length > 0 && ((unsigned char)utf8[length] & 0xC0) == 0x80)
			length--; /* not half a character */
	}
	*folded = arena_raw(arena, length + 1);
	if (fold_ascii(utf8, length, *folded))
		return false;
	prepare(utf8, length, &prepared);
	size = utf8proc_map((const utf8proc_uint8_t *)prepared.text,
		(utf8proc_ssize_t)prepared.length, &mapped,
		UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
			UTF8PROC_IGNORE);
	finish(size >= 0 ? (const char *)mapped : prepared.text, &out);
	*folded = arena_strdup(arena, out.text ? out.text : "");
	free(mapped);
	strbuf_free(&prepared);
	strbuf_free(&out);
	return true;
}

/* Leaving out one character may bring others together that are one: again, until nothing changes.
 */
char *text_fold(struct arena *arena, const char *utf8)
{
	char *folded;
	bool more = fold_once(arena, utf8, &folded);

	for (unsigned round = 1; more && round < ROUNDS_MAX; round++) {
		char *before = folded;

		more = fold_once(arena, before, &folded) && !same_name(before, folded);
	}
	for (char *c = folded; more && *c; c++) {
		if (*c & 0x80)
			*c = ' '; /* it does not come to rest */
	}
	return folded;
}
