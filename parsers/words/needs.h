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

/* Many rules asked at once: of whose words the first and the last triple, or pair, stand in the
 * text; what is left must still be asked. Of more than 128 several share a bit. */
#define SIEVE_RULES 128
#define SIEVE_ROWS  1024
struct sieved {
	uint64_t bits[SIEVE_RULES / 64];
};
struct sieve {
	struct sieved always; /* they have no such word */
	uint64_t any[2 * GRAMS_BITS / 64]; /* the grams that a rule has, one bit each ... */
	uint16_t row[2 * GRAMS_BITS]; /* ... and the row of each of those */
	struct sieve_row {
		struct sieved first, last; /* the rules that have a word with it there */
	} rows[SIEVE_ROWS];
	size_t count; /* of rows, behind the empty one */
};
void sieve_add(struct sieve *sieve, size_t rule, const struct needs *needs);
struct sieved sieve_rules(const struct sieve *sieve, const struct grams *grams);
/* The first rule from one on that may match, of so many; count: none. */
size_t sieve_next(const struct sieved *rules, size_t from, size_t count);

#endif
