/* What a text must have in it so that a pattern can match: words of the pattern itself. Of many
 * patterns nearly none need be asked then. Sound: what cannot be told is not needed. */
#ifndef PARSERS_NEEDS_H
#define PARSERS_NEEDS_H

#include "parsers/text/util.h"

#define WANTS_MAX 3  /* of one pattern */
#define WORDS_MAX 60 /* of one want */

/* One of these words is in every text that matches. */
struct want {
	const char *words[WORDS_MAX];
	size_t count, shortest;
};

struct wants {
	struct want list[WANTS_MAX];
	size_t count;
};

/* Their words are in the arena. */
void wants_of(const char *pattern, struct arena *arena, struct wants *out);
/* false: the pattern does not match the text. */
bool wants_met(const struct wants *wants, const char *text);

/* The same of many rules at once, in one pass over a text; what is left must still be asked. Of
 * more than 192 rules several share a bit. */
#define SIEVE_RULES 192
struct rule_set {
	uint64_t bits[SIEVE_RULES / 64];
};
struct sieve;

struct sieve *sieve_new(void);
void sieve_free(struct sieve *sieve);
size_t sieve_add(struct sieve *sieve, const char *pattern); /* its number, from 0 */
void sieve_close(struct sieve *sieve); /* no more are added, and texts may be asked about */
struct rule_set sieve_rules(const struct sieve *sieve, const char *text);
/* The first of the rules [from, end) that may match; end: none. */
size_t sieve_next(const struct rule_set *rules, size_t from, size_t end);

#endif
