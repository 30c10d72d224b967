/* A handset's part counter, "(1/2)", at the start or the end of a text is no date; see text.h.
 *
 * In brackets it is one up to nine parts. Bare it may be a day: only what begins a text, or ends it
 * behind a blank and no number and no word for a day, and of at most three parts.
 */
#include <ctype.h>
#include <string.h>

#include "parsers/text/text.h"

#define PARTS_BRACKETED 9
#define PARTS_BARE	3

/* Length of "n/m" at text, with or without brackets; 0: it is none. */
static size_t counter_at(const char *text, bool *bare)
{
	bool open = *text == '(' || *text == '[';
	const char *at = text + open;
	int number, parts;

	*bare = !open;
	if (!isdigit((unsigned char)at[0]) || at[1] != '/' || !isdigit((unsigned char)at[2]))
		return 0;
	number = at[0] - '0';
	parts = at[2] - '0';
	if (number < 1 || number > parts || parts > (open ? PARTS_BRACKETED : PARTS_BARE))
		return 0;
	at += 3;
	if (open && *at != ')' && *at != ']')
		return 0;
	at += open;
	return isalnum((unsigned char)*at) || *at == '/' || *at == '-' ? 0 : (size_t)(at - text);
}

/* Does what stands in front say that a bare "1/2" is a day or an amount? */
static bool means_value(const char *text, size_t length)
{
	static const char *const begins[] = {"tg", "tangg", "hari", "pada"}; /* "on the" */
	size_t end = length, start;

	while (end > 0 && text[end - 1] == ' ')
		end--;
	if (end == length || end == 0)
		return true; /* glued, or nothing else is there */
	start = end;
	while (start > 0 && text[start - 1] != ' ')
		start--;
	if (!isalpha((unsigned char)text[end - 1]) || isdigit((unsigned char)text[start]))
		return !strchr(".!)\"", text[end - 1]);
	for (size_t i = 0; i < COUNT_OF(begins); i++)
		if (strncmp(text + start, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

void text_drop_counter(char *folded)
{
	size_t length = strlen(folded), first = strspn(folded, " \n"), counter;
	bool bare;

	while (length > 0 && strchr(" \n", folded[length - 1]))
		length--;
	counter = counter_at(folded + first, &bare);
	if (counter && first + counter < length &&
		(!bare || folded[first + counter] == ' ' || folded[first + counter] == '\n'))
		memset(folded + first, ' ', counter);
	for (size_t back = 3; back <= 5 && back < length; back += 2) {
		counter = counter_at(folded + length - back, &bare);
		if (counter == back && (!bare || !means_value(folded, length - back)))
			memset(folded + length - back, ' ', back);
	}
}
