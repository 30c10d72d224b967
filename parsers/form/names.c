/* Names are compared: see names.h. */
#include "parsers/form/names.h"

#include <string.h>

#include "parsers/words/fuzzy.h"

#define NAME_SLIPS 5 /* a slip is allowed in names so long */

const char *name_core(const char *name)
{
	static const char *const before[] = {"BY ", "NY ", "BAYI ", "ANAK "};

	if (name[0] != 'B' && name[0] != 'N' && name[0] != 'A') /* hundreds are compared */
		return name;
	for (size_t i = 0; i < COUNT_OF(before); i++) {
		size_t length = strlen(before[i]);

		if (strncmp(name, before[i], length) == 0 && name[length] != '\0')
			return name_core(name + length);
	}
	return name;
}

/* A slip leaves both with as many words, so that it moves the first blank at most by one letter. */
uint32_t name_letters(const char *core)
{
	uint32_t letters = 0;

	for (; *core != '\0' && *core != ' '; core++) {
		unsigned place = ((unsigned char)*core | 0x20u) - 'a';

		letters |= 1u << (place < 26 ? place : 26);
	}
	return letters;
}

/* The first n words of a name; its length. */
static size_t words_length(const char *name, size_t n)
{
	const char *at = name;

	for (; *at != '\0'; at++) {
		if (*at == ' ' && --n == 0)
			break;
	}
	return (size_t)(at - name);
}

static size_t words_count(const char *name)
{
	size_t count = 1;

	for (; *name != '\0'; name++)
		count += *name == ' ';
	return count;
}

bool names_alike(const char *a, const char *b)
{
	size_t na, nb, n, x, y, shorter;

	/* Most names differ in front: a slip there changes one of their first two letters. */
	if (a[0] != b[0] && a[0] != '\0' && b[0] != '\0' && a[1] != b[1] && a[0] != b[1] &&
		a[1] != b[0])
		return false;
	na = words_count(a);
	nb = words_count(b);
	n = na < nb ? na : nb;
	x = words_length(a, n);
	y = words_length(b, n);
	shorter = x < y ? x : y;
	if (x == y && memcmp(a, b, x) == 0)
		return true;
	return shorter >= NAME_SLIPS && fuzzy_near(a, x, b, y);
}
