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

#define LETTERS	     27
#define LENGTH_MOST  31
#define LETTERS_MASK ((1u << LETTERS) - 1)

static uint32_t letter_bit(char letter)
{
	unsigned place = ((unsigned char)letter | 0x20u) - 'a';

	return 1u << (place < LETTERS - 1 ? place : LETTERS - 1);
}

struct name_sketch name_sketch(const char *core)
{
	struct name_sketch sketch = {.first = {core[0], core[0] == '\0' ? '\0' : core[1]}};
	uint32_t length = 0;

	for (; core[length] != '\0' && core[length] != ' '; length++)
		sketch.letters |= letter_bit(core[length]);
	sketch.second = core[length] == ' ' ? core[length + 1] : '\0';
	sketch.letters |= (length < LENGTH_MOST ? length : LENGTH_MOST) << LETTERS;
	return sketch;
}

/* A slip in front changes one of the first two. */
static bool begin_alike(const char *a, const char *b)
{
	return a[0] == b[0] || a[0] == '\0' || b[0] == '\0' || a[1] == b[1] || a[0] == b[1] ||
		a[1] == b[0];
}

/* The second words begin differently. That is the slip, so that the first ones are the same; or the
 * blank and what stood behind it changed places: SITI AMINAH, SITIA MINAH. */
static bool slip_behind(const struct name_sketch *a, const struct name_sketch *b, int longer)
{
	const struct name_sketch *more = longer > 0 ? a : b, *less = longer > 0 ? b : a;

	if (longer == 0)
		return a->letters >> LETTERS == LENGTH_MOST ||
			(a->letters == b->letters && a->first[0] == b->first[0] &&
				a->first[1] == b->first[1]);
	return (more->letters & LETTERS_MASK) ==
		((less->letters & LETTERS_MASK) | letter_bit(less->second));
}

/* A slip leaves both with as many words, so that it moves the first blank by one at most. */
bool names_may_be_alike(const struct name_sketch *a, const struct name_sketch *b)
{
	int longer = (int)(a->letters >> LETTERS) - (int)(b->letters >> LETTERS);

	return longer >= -1 && longer <= 1 && begin_alike(a->first, b->first) &&
		!fuzzy_too_far(a->letters & LETTERS_MASK, b->letters & LETTERS_MASK, 1) &&
		(a->second == b->second || a->second == '\0' || b->second == '\0' ||
			slip_behind(a, b, longer));
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

	if (!begin_alike(a, b)) /* as most are not */
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
