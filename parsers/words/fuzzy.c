/* Bounded optimal string alignment: see fuzzy.h. Three rows of a band around the diagonal. */
#include "parsers/words/fuzzy.h"

#include <string.h>

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Drops the common head and tail, which never cost anything. */
static void trim(const char **a, size_t *alen, const char **b, size_t *blen)
{
	while (*alen && *blen && **a == **b) {
		(*a)++;
		(*b)++;
		(*alen)--;
		(*blen)--;
	}
	while (*alen && *blen && (*a)[*alen - 1] == (*b)[*blen - 1]) {
		(*alen)--;
		(*blen)--;
	}
}

/* One slip at most: what is left without common head and tail is one character on either side, one
 * on one side, or two that changed places. */
bool fuzzy_near(const char *a, size_t alen, const char *b, size_t blen)
{
	if ((alen > blen ? alen - blen : blen - alen) > 1)
		return false;
	trim(&a, &alen, &b, &blen);
	return alen + blen <= 2 ||
		(alen == 2 && blen == 2 && a[0] == b[1] && a[1] == b[0]);
}

int fuzzy_distance(const char *a, size_t alen, const char *b, size_t blen, int limit)
{
	int rows[3][FUZZY_MAX + 1];
	int *before = rows[0], *last = rows[1], *row = rows[2];

	trim(&a, &alen, &b, &blen);
	if (alen == 0 || blen == 0)
		return least((int)(alen > blen ? alen - blen : blen - alen), limit + 1);
	if (alen > FUZZY_MAX || blen > FUZZY_MAX)
		return limit + 1;
	if ((alen > blen ? alen - blen : blen - alen) > (size_t)limit)
		return limit + 1;
	if (limit == 1) /* what differs is one letter, or two that changed places */
		return (alen == 1 && blen == 1) ||
				(alen == 2 && blen == 2 && a[0] == b[1] && a[1] == b[0])
			? 1
			: 2;
	for (size_t j = 0; j <= blen; j++)
		last[j] = (int)j;
	for (size_t i = 1; i <= alen; i++) {
		int best = row[0] = (int)i;
		int *spare;

		for (size_t j = 1; j <= blen; j++) {
			row[j] = least(least(last[j] + 1, row[j - 1] + 1),
				last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
			best = least(best, row[j]);
		}
		if (best > limit)
			return limit + 1;
		spare = before;
		before = last;
		last = row;
		row = spare;
	}
	return least(last[blen], limit + 1);
}

uint32_t fuzzy_letters(const char *word, size_t length)
{
	uint32_t letters = 0;

	for (size_t i = 0; i < length; i++)
		letters |= 1u << (word[i] >= 'a' && word[i] <= 'z' ? word[i] - 'a' : 26);
	return letters;
}

size_t fuzzy_vowels_left_out(const char *text, size_t length, const char *word, size_t word_length)
{
	size_t at = 0, left = 0;

	if (length == 0 || word_length <= length || *text != *word)
		return 0;
	for (size_t i = 0; i < word_length; i++) {
		if (at < length && word[i] == text[at])
			at++;
		else if (strchr("aiueo", word[i]))
			left++;
		else
			return 0;
	}
	return at == length ? left : 0;
}
