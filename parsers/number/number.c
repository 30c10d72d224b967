/* Numbers in digits and words: see number.h.
 *
 * A number is gathered as people say it: units, then tens (limang puluh, selikur), hundreds and
 * thousands, each factor applying to what was said since the last larger one.
 */
#include "parsers/number/number.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 999999999L
#define WORD_MAX   32 /* a longer word is no number */
#define PIECES_MAX 6 /* of one word: tigaribuduaratus has four */

bool number_digits(const char *word, size_t length, long *value)
{
	bool real = false;

	*value = 0;
	if (length == 0 || length > 9)
		return false;
	for (size_t i = 0; i < length; i++) {
		int digit;

		if (isdigit((unsigned char)word[i])) {
			digit = word[i] - '0';
			real = true;
		} else if (word[i] == 'o' || word[i] == 'O') {
			digit = 0;
		} else if (word[i] == 'l' || word[i] == 'i' || word[i] == 'I') {
			digit = 1;
		} else {
			return false;
		}
		*value = *value * 10 + digit;
	}
	return real;
}

/* A number in the making: total of the closed groups, the group being said, its last plain part. */
struct sum {
	long total; /* closed by a factor of 1000 or more */
	long group; /* closed by a factor of 10 or 100 */
	long unit; /* said last, waiting for a factor */
	bool waiting; /* unit was said */
	bool spoken; /* … in words */
	long floor; /* a plain part must be smaller than this: 20 after selikur is another number */
	bool any;
};

/* The place of the last digit that is not 0: 10 for 50. */
static long roundness(long value)
{
	long place = 1;

	while (value > 0 && value % (place * 10) == 0)
		place *= 10;
	return place;
}

static bool take_plain(struct sum *sum, long value, bool spoken)
{
	if (sum->waiting && sum->spoken && spoken && sum->unit >= 20 && value > 0 &&
		value < roundness(sum->unit)) {
		sum->unit += value; /* seket papat */
		return true;
	}
	if (sum->waiting || value >= sum->floor || value > NUMBER_MAX)
		return false;
	sum->unit = value;
	sum->waiting = true;
	sum->spoken = spoken;
	sum->any = true;
	return true;
}

static bool take_addition(struct sum *sum, long value)
{
	if (!sum->waiting || sum->unit < 1 || sum->unit > 9 || sum->floor <= 10)
		return false;
	sum->group += sum->unit + value;
	sum->unit = 0;
	sum->waiting = false;
	sum->floor = 1; /* only a factor may follow */
	return true;
}

static bool take_factor(struct sum *sum, long factor)
{
	long part = sum->waiting ? sum->unit : 0;

	if (!sum->any || factor <= 0)
		return false;
	if (factor >= 1000) {
		long group = sum->group + part;

		if (group < 1 || group > NUMBER_MAX / factor ||
			(sum->total && sum->total < group * factor))
			return false;
		sum->total += group * factor;
		sum->group = 0;
		sum->floor = factor;
	} else {
		/* the factor belongs to the last plain part alone: dua ratus lima puluh */
		if (!sum->waiting || part < 1 || part > 9 || factor >= sum->floor)
			return false;
		sum->group += part * factor;
		sum->floor = factor;
	}
	sum->unit = 0;
	sum->waiting = false;
	return true;
}

/* Takes what a word is worth; false when it cannot continue this number. */
static bool take(struct sum *sum, const char *worth)
{
	long value = strtol(*worth && strchr("+*^", *worth) ? worth + 1 : worth, NULL, 10);

	switch (*worth) {
	case '+':
		return take_addition(sum, value);
	case '*':
		return take_factor(sum, value);
	default:
		return take_plain(sum, value, true);
	}
}

static bool fits(const struct sum *sum)
{
	return sum->any && sum->total + sum->group + sum->unit <= NUMBER_MAX;
}

struct speech {
	number_lookup *lookup;
	const void *data;
};

/* The rest of a word, piece by piece: digits, or letters that are worth something, the longest
 * piece that leaves a rest which counts too (satus is sa-tus, not satu-s). left bounds the
 * depth. */
static bool take_pieces(const struct speech *speech, struct sum *sum, const char *word,
	size_t length, bool first, int left)
{
	size_t digits = 0;
	long value;

	if (length == 0 || left == 0)
		return length == 0;
	while (digits < length && isdigit((unsigned char)word[digits]))
		digits++;
	if (digits > 0)
		return number_digits(word, digits, &value) && take_plain(sum, value, false) &&
			take_pieces(speech, sum, word + digits, length - digits, false, left - 1);
	for (size_t part = length; part > 0; part--) {
		const char *worth = speech->lookup(speech->data, word, part);
		struct sum tried = *sum;

		if (!worth || (*worth == '^' && part == length && first) || !take(&tried, worth))
			continue;
		if (!take_pieces(speech, &tried, word + part, length - part, false, left - 1))
			continue;
		*sum = tried;
		return true;
	}
	return false;
}

/* A whole word; all of it must count. */
static bool take_word(const struct speech *speech, struct sum *sum, const char *word, size_t length)
{
	struct sum tried = *sum;

	if (length > WORD_MAX || !take_pieces(speech, &tried, word, length, true, PIECES_MAX))
		return false;
	*sum = tried;
	return true;
}

size_t number_read(const char *text, number_lookup *lookup, const void *data, long *value)
{
	struct speech speech = {lookup, data};
	struct sum sum = {.floor = NUMBER_MAX + 1};
	size_t used = 0, next = 0;

	while (isalnum((unsigned char)text[next])) {
		size_t length = 0;

		while (isalnum((unsigned char)text[next + length]))
			length++;
		if (!take_word(&speech, &sum, text + next, length))
			break;
		used = next + length;
		next = text[used] == ' ' ? used + 1 : used;
		if (next == used)
			break;
	}
	*value = sum.total + sum.group + sum.unit;
	return used && fits(&sum) ? used : 0;
}

#define EXACT_DIGITS 15 /* so many are exact in a double, and so is a power of ten */

/* Digits, onto what was read before; where they end. */
static const char *plain_digits(const char *c, const char *limit, double *value, double *scale)
{
	for (; isdigit((unsigned char)*c) && c < limit; c++) {
		*value = *value * 10 + (*c - '0');
		*scale *= 10;
	}
	return c;
}

/* What strtod() would read on: more digits, an exponent, hexadecimal. */
static bool goes_on(char c)
{
	return isdigit((unsigned char)c) || c == 'e' || c == 'E' || c == 'x' || c == 'X';
}

double number_value(const char *text, const char **end)
{
	const char *first = text + (*text == '-'), *limit = first + EXACT_DIGITS;
	double value = 0, scale = 1;
	const char *c = plain_digits(first, limit, &value, &scale);
	char *stop;

	scale = 1;
	if (c > first && *c == '.')
		c = plain_digits(c + 1, limit, &value, &scale);
	*end = c;
	if (c > first && !goes_on(*c))
		return first > text ? -(value / scale) : value / scale;
	value = strtod(text, &stop);
	*end = stop;
	return value;
}

char *number_decimals(struct arena *arena, double value, int decimals)
{
	static const double tens[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
	double whole = round(fabs(value) * tens[decimals] + 1e-9);
	char digits[32], *at = digits + sizeof(digits);
	unsigned long rest = (unsigned long)whole;

	if (!(whole < 1e15))
		return arena_printf(arena, "%.*f", decimals, value);
	*--at = '\0';
	for (int i = 0; i <= decimals || rest > 0; i++) {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
		if (i + 1 == decimals)
			*--at = '.';
	}
	if (value < 0 && whole > 0)
		*--at = '-';
	return arena_strdup(arena, at);
}
