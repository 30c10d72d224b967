/* A number and, in brackets behind it, what it is the sum of: "S45 (L20 P25)". The parts say
 * nothing that a report asks for; their letters would be read as digits or as a sex.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/text.h"

#define LABEL_MOST 12 /* octets of the word in front of a part */

/* The number that ends in front of an octet; -1: none. */
static long number_before(const char *text, const char *at)
{
	while (at > text && at[-1] == ' ')
		at--;
	if (at == text || !isdigit((unsigned char)at[-1]))
		return -1;
	while (at > text && isdigit((unsigned char)at[-1]))
		at--;
	return strtol(at, NULL, 10);
}

/* A word and its number, "l20", "perempuan: 25": its end, with *sum the more; NULL: none. */
static const char *part_end(const char *text, long *sum)
{
	size_t letters;
	char *end;

	text += strspn(text, " ,;/+&");
	for (letters = 0; isalpha((unsigned char)text[letters]);)
		letters++;
	if (letters == 0 || letters > LABEL_MOST)
		return NULL;
	text += letters;
	text += strspn(text, " :=");
	if (!isdigit((unsigned char)*text))
		return NULL;
	*sum += strtol(text, &end, 10);
	return end;
}

/* The bracket that closes parts which add up to a number; NULL. */
static const char *sum_end(const char *open, long number)
{
	const char *at = open + 1, *next;
	long sum = 0;
	size_t parts = 0;

	while ((next = part_end(at, &sum))) {
		at = next;
		parts++;
	}
	at += strspn(at, " ");
	return parts > 1 && *at == ')' && sum == number ? at : NULL;
}

void text_drop_parts(char *folded)
{
	for (char *open = strchr(folded, '('); open; open = strchr(open + 1, '(')) {
		const char *close = sum_end(open, number_before(folded, open));

		if (close)
			memset(open, ' ', (size_t)(close - open + 1));
	}
}
