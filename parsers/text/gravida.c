/* Midwives' notation of earlier pregnancies (G2P1A0, GIIP1A0, G2 P1 A0): no value of a report.
 *
 * Its letters would be read as sex, its numbers as counts; it is blanked before the text is cut.
 */
#include <ctype.h>
#include <string.h>

#include "parsers/text/text.h"

/* Digits or a Roman numeral; 0: none. */
static size_t numeral(const char *text)
{
	size_t digits = strspn(text, "0123456789"), length = digits ? digits : strspn(text, "ivx");

	if (!length && *text == 'o' && !isalpha((unsigned char)text[1]))
		length = 1; /* AO */
	return length <= 3 ? length : 0;
}

static size_t part(const char *text, char letter)
{
	size_t spaces = strspn(text, " "), length;

	if (spaces > 1 || text[spaces] != letter)
		return 0;
	length = numeral(text + spaces + 1);
	return length ? spaces + 1 + length : 0;
}

static size_t notation(const char *text)
{
	size_t g = part(text, 'g'), p = g ? part(text + g, 'p') : 0,
	       a = p ? part(text + g + p, 'a') : 0;
	size_t length = g + p + a;

	return a && !isalnum((unsigned char)text[length]) ? length : 0;
}

/* "p4a1", without the first of them. */
static size_t notation_short(const char *text)
{
	size_t p = isdigit((unsigned char)text[1]) ? part(text, 'p') : 0,
	       a = p ? part(text + p, 'a') : 0;

	return a && isdigit((unsigned char)text[p + a - 1]) &&
		!isalnum((unsigned char)text[p + a]) ? p + a : 0;
}

/* "a/s 7-8": the Apgar score. */
static size_t apgar(const char *text)
{
	size_t length = strncmp(text, "a/s", 3) == 0 ? 3 : 0, digits;

	if (!length)
		return 0;
	length += strspn(text + length, " :=");
	digits = strspn(text + length, "0123456789");
	length += digits;
	if (!digits || !strchr("-/", text[length]) || !text[length])
		return 0;
	digits = strspn(text + length + 1, "0123456789");
	return digits ? length + 1 + digits : 0;
}

bool text_drop_gravida(char *folded)
{
	bool found = false;

	for (char *a = strstr(folded, "a/s"); a; a = strstr(a + 1, "a/s")) {
		size_t length = a == folded || !isalnum((unsigned char)a[-1]) ? apgar(a) : 0;

		memset(a, ' ', length);
		found |= length > 0;
	}
	for (char *g = strchr(folded, 'g'); g; g = strchr(g + 1, 'g')) {
		size_t length = g == folded || !isalnum((unsigned char)g[-1]) ? notation(g) : 0;

		memset(g, ' ', length);
		found |= length > 0;
	}
	for (char *p = strchr(folded, 'p'); p; p = strchr(p + 1, 'p')) {
		size_t length =
			p == folded || !isalnum((unsigned char)p[-1]) ? notation_short(p) : 0;

		memset(p, ' ', length);
		found |= length > 0;
	}
	return found;
}
