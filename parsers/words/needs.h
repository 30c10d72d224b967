/* What a text must have in it so that a pattern can match: words of the pattern itself. Of many
 * patterns nearly none need be asked then. Sound: what cannot be told is not needed. */
#ifndef PARSERS_NEEDS_H
#define PARSERS_NEEDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRAMS_KINDS 3 /* one, two and three octets in a row */
#define GRAMS_BITS  4096 /* of pairs, of triples */

/* Which octets, pairs and triples a text has; some share a bit. */
struct grams {
	uint64_t bits[(2 * GRAMS_BITS + 256) / 64];
};

/* Of three octets in a row, of a pair those behind 0. */
static inline unsigned gram_of(unsigned a, unsigned b, unsigned c)
{
	return (a * 499 + b * 605 + c) % GRAMS_BITS;
}

/* What a pattern needs: wants one behind the other; each its words, any of them; each of those the
 * grams of it behind their number; 0 ends a want, and all of them. */
struct needs {
	uint16_t *grams;
};

void grams_find(struct grams *grams, const char *text);

struct needs *needs_of(const char *pattern);
void needs_free(struct needs *needs);
/* false: no text with these grams matches. */
bool needs_met(const struct needs *needs, const struct grams *grams);

/* Many rules asked at once: whose needs have a word of which a triple, or a pair, stands in the text.
 * The rules share 64 bits, so that what is left must still be asked. */
struct sieve {
	uint64_t always; /* they have no such word */
	uint64_t by_gram[2 * GRAMS_BITS];
};
void sieve_add(struct sieve *sieve, size_t rule, const struct needs *needs);
uint64_t sieve_rules(const struct sieve *sieve, const char *text);
static inline bool sieve_lets(uint64_t rules, size_t rule)
{
	return rules >> rule % 64 & 1;
}

#endif
