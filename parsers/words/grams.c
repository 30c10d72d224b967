/* Which octets, pairs and triples a text has, and what a pattern needs of them: see needs.h. */
#include <string.h>

#include "parsers/words/needs.h"

static bool is_triple(unsigned gram)
{
	return gram >= GRAMS_BITS && gram < 2 * GRAMS_BITS;
}

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

void sieve_add(struct sieve *sieve, size_t rule, const struct needs *needs)
{
	uint64_t bit = (uint64_t)1 << rule % 64;
	const uint16_t *want = needs->grams, *at, *best = NULL;

	for (; *want && !best; want = at + 1) { /* the first of long words only */
		best = want;
		for (at = want; *at; at += *at + 1)
			best = is_triple(at[*at]) ? best : NULL;
	}
	for (at = best; at && *at; at += *at + 1)
		sieve->by_triple[at[*at] % GRAMS_BITS] |= bit;
	sieve->always |= best ? 0 : bit;
}

uint64_t sieve_rules(const struct sieve *sieve, const char *text)
{
	uint64_t rules = sieve->always;
	unsigned a = 0, b = 0;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		rules |= sieve->by_triple[gram_of(a, b, *c)];
		a = b;
		b = *c;
	}
	return rules;
}
