/* How many slips apart two words are: bounded Damerau-Levenshtein (optimal string alignment). */
#ifndef PARSERS_FUZZY_H
#define PARSERS_FUZZY_H

#include "parsers/text/util.h"

#define FUZZY_MAX 64 /* longer words never match unless equal */

/* Insert, drop, change one octet, or swap two neighbours; more than limit slips give limit + 1. */
int fuzzy_distance(const char *a, size_t alen, const char *b, size_t blen, int limit);
/* The same with a limit of one, at once. */
bool fuzzy_near(const char *a, size_t alen, const char *b, size_t blen);

/* How many vowels of a word are left out of text ("mnjngn"); 0: it is another one. */
size_t fuzzy_vowels_left_out(const char *text, size_t length, const char *word, size_t word_length);

/* A bit of the first two letters of a word, small or capital. */
static inline uint64_t spelt_bit(const char *word)
{
	unsigned first = word[0] & 31u, second = word[0] ? word[1] & 31u : 0;

	return UINT64_C(1) << (first * 5 + second) % 64;
}

/* Which letters a word has, one bit each: a quick test before slips are measured. */
uint32_t fuzzy_letters(const char *word, size_t length);
/* A slip changes two of them at most. */
static inline bool fuzzy_too_far(uint32_t a, uint32_t b, int limit)
{
	uint32_t differ = a ^ b;

	for (int most = 2 * limit; most > 0; most--)
		differ &= differ - 1; /* one less; of none none */
	return differ != 0;
}

#endif
