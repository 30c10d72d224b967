/* Which octets, pairs and triples a text has, and what a pattern needs of them: see needs.h. */
#include <string.h>

#include "parsers/words/needs.h"

static void gram_set(struct grams *grams, unsigned bit)
{
	grams->bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

void grams_find(struct grams *grams, const char *text)
{
	unsigned a = 0, b = 0;

	memset(grams, 0, sizeof(*grams));
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		gram_set(grams, gram_of(0, b, *c));
		gram_set(grams, GRAMS_BITS + gram_of(a, b, *c));
		gram_set(grams, 2 * GRAMS_BITS + *c);
		a = b;
		b = *c;
	}
}

static bool has(const struct grams *grams, unsigned bit)
{
	return grams->bits[bit / 64] >> bit % 64 & 1;
}

bool needs_met(const struct needs *needs, const struct grams *grams)
{
	const uint16_t *at = needs->grams;

	for (; *at; at++) { /* each want */
		bool met = false;

		for (; *at && !met; at += *at + 1) { /* any of its words */
			met = has(grams, at[1]);
			for (unsigned i = 2; met && i <= *at; i++)
				met = has(grams, at[i]);
		}
		if (!met)
			return false;
		while (*at)
			at += *at + 1;
	}
	return true;
}

/* The first want of which all words are long enough; NULL. */
static const uint16_t *want_of(const struct needs *needs, unsigned least, unsigned most)
{
	for (const uint16_t *want = needs->grams, *at = want; *want; want = ++at) {
		bool all = true;

		for (at = want; *at; at += *at + 1)
			all &= at[*at] >= least && at[*at] < most;
		if (all)
			return want;
	}
	return NULL;
}

void sieve_add(struct sieve *sieve, size_t rule, const struct needs *needs)
{
	uint64_t bit = (uint64_t)1 << rule % 64;
	const uint16_t *at = want_of(needs, GRAMS_BITS, 2 * GRAMS_BITS);

	if (!at)
		at = want_of(needs, 0, 2 * GRAMS_BITS);
	sieve->always |= at ? 0 : bit;
	for (; at && *at; at += *at + 1)
		sieve->by_gram[at[*at]] |= bit;
}

uint64_t sieve_rules(const struct sieve *sieve, const char *text)
{
	uint64_t rules = sieve->always;
	unsigned a = 0, b = 0;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		rules |= sieve->by_gram[gram_of(0, b, *c)] |
			sieve->by_gram[GRAMS_BITS + gram_of(a, b, *c)];
		a = b;
		b = *c;
	}
	return rules;
}
