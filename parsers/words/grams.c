/* Which octets, pairs and triples a text has, and what a pattern needs of them: see needs.h. */
#include <string.h>

#include "parsers/text/util.h"
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

static void rule_set(struct sieved *rules, size_t rule)
{
	rules->bits[rule / 64 % (SIEVE_RULES / 64)] |= (uint64_t)1 << rule % 64;
}

static void rules_join(struct sieved *rules, const struct sieved *more)
{
	for (size_t i = 0; i < COUNT_OF(rules->bits); i++)
		rules->bits[i] |= more->bits[i];
}

/* Of a gram; the empty one when there is room for no more. */
static struct sieve_row *row_of(struct sieve *sieve, unsigned gram)
{
	if (!sieve->row[gram] && sieve->count + 1 < SIEVE_ROWS) {
		sieve->row[gram] = (uint16_t)++sieve->count;
		sieve->any[gram / 64] |= (uint64_t)1 << gram % 64;
	}
	return &sieve->rows[sieve->row[gram]];
}

void sieve_add(struct sieve *sieve, size_t rule, const struct needs *needs)
{
	const uint16_t *at = want_of(needs, GRAMS_BITS, 2 * GRAMS_BITS);

	if (!at)
		at = want_of(needs, 0, 2 * GRAMS_BITS);
	if (!at)
		rule_set(&sieve->always, rule);
	for (; at && *at; at += *at + 1) {
		struct sieve_row *first = row_of(sieve, at[1]), *last = row_of(sieve, at[*at]);

		if (first == sieve->rows || last == sieve->rows) {
			rule_set(&sieve->always, rule);
			return;
		}
		rule_set(&first->first, rule);
		rule_set(&last->last, rule);
	}
}

size_t sieve_next(const struct sieved *rules, size_t from, size_t count)
{
	while (from < count) {
		uint64_t left = rules->bits[from / 64 % (SIEVE_RULES / 64)] >> from % 64;

		if (left) {
			from += (size_t)__builtin_ctzll(left);
			break;
		}
		from += 64 - from % 64;
	}
	return from < count ? from : count;
}

struct sieved sieve_rules(const struct sieve *sieve, const struct grams *grams)
{
	struct sieved first = {0}, last = {0};

	for (size_t i = 0; i < COUNT_OF(sieve->any); i++) {
		for (uint64_t both = grams->bits[i] & sieve->any[i]; both; both &= both - 1) {
			size_t gram = 64 * i + (size_t)__builtin_ctzll(both);
			const struct sieve_row *row = &sieve->rows[sieve->row[gram]];

			rules_join(&first, &row->first);
			rules_join(&last, &row->last);
		}
	}
	for (size_t i = 0; i < COUNT_OF(first.bits); i++)
		first.bits[i] &= last.bits[i];
	rules_join(&first, &sieve->always);
	return first;
}
