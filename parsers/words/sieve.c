/* Which of many rules may match a text: see needs.h. All words that the rules want are one tree of
 * their beginnings (Aho and Corasick): each octet of a text leads from the longest beginning that
 * stands there to the next one, so that every word in the text is met in one pass. */
#include <stdlib.h>
#include <string.h>

#include "parsers/words/needs.h"

#define KINDS 63 /* of octets, those in some rule's words; 0: all others */
#define NODES_MAX 32767
#define ENDS	  0x8000 /* a word ends at the next node */

/* A beginning of words. */
struct node {
	uint16_t next[KINDS];
	uint16_t found; /* by its words that end here; 0: none does */
};

/* The rules whose first, second, third want is met. */
struct found {
	struct rule_set wants[WANTS_MAX];
};

struct sieve {
	unsigned char kinds[256];
	size_t nkind;
	struct node *nodes; /* the first one is where nothing has begun */
	size_t nnode;
	struct found *found; /* the first one is empty */
	size_t nfound;
	struct found others; /* wants that the rules do not have, or that octets may meet: ... */
	uint64_t octets[SIEVE_RULES][WANTS_MAX]; /* ... of these kinds, a bit each */
	size_t count; /* of rules */
};

static void rule_put(struct rule_set *rules, size_t rule)
{
	rules->bits[rule / 64 % (SIEVE_RULES / 64)] |= (uint64_t)1 << rule % 64;
}

static void found_join(struct found *found, const struct found *more)
{
	for (size_t k = 0; k < WANTS_MAX; k++)
		for (size_t i = 0; i < SIEVE_RULES / 64; i++)
			found->wants[k].bits[i] |= more->wants[k].bits[i];
}

struct sieve *sieve_new(void)
{
	struct sieve *sieve = xcalloc(1, sizeof(*sieve));

	sieve->nodes = xcalloc(1, sizeof(*sieve->nodes));
	sieve->found = xcalloc(1, sizeof(*sieve->found));
	sieve->nnode = sieve->nfound = sieve->nkind = 1;
	return sieve;
}

void sieve_free(struct sieve *sieve)
{
	if (!sieve)
		return;
	free(sieve->nodes);
	free(sieve->found);
	free(sieve);
}

static uint16_t node_add(struct sieve *sieve)
{
	sieve->nodes = xgrow(sieve->nodes, sieve->nnode, sizeof(*sieve->nodes));
	memset(&sieve->nodes[sieve->nnode], 0, sizeof(*sieve->nodes));
	return (uint16_t)sieve->nnode++;
}

/* Where a word ends; 0: there is no room for it. */
static size_t word_add(struct sieve *sieve, const char *word)
{
	size_t at = 0;

	for (const unsigned char *c = (const unsigned char *)word; *c; c++) {
		unsigned char *kind = &sieve->kinds[*c];
		uint16_t next;

		if ((!*kind && sieve->nkind == KINDS) || sieve->nnode == NODES_MAX)
			return 0;
		if (!*kind)
			*kind = (unsigned char)sieve->nkind++;
		next = sieve->nodes[at].next[*kind];
		if (!next)
			next = node_add(sieve);
		sieve->nodes[at].next[*kind] = next;
		at = next;
	}
	return at;
}

static struct found *found_at(struct sieve *sieve, size_t node)
{
	uint16_t *found = &sieve->nodes[node].found;

	if (!*found) {
		sieve->found = xgrow(sieve->found, sieve->nfound, sizeof(*sieve->found));
		memset(&sieve->found[sieve->nfound], 0, sizeof(*sieve->found));
		*found = (uint16_t)sieve->nfound++;
	}
	return &sieve->found[*found];
}

/* A word of one octet stands in nearly every text: it is asked for last. false: no room. */
static bool want_add(struct sieve *sieve, size_t rule, size_t k, const struct want *want)
{
	uint64_t *octets = &sieve->octets[rule % SIEVE_RULES][k];

	for (size_t i = 0; i < want->count; i++) {
		const char *word = want->words[i];
		size_t end = word_add(sieve, word);

		if (!end)
			return false;
		if (word[1])
			rule_put(&found_at(sieve, end)->wants[k], rule);
		else
			*octets |= (uint64_t)1 << sieve->kinds[(unsigned char)*word];
	}
	return *octets == 0;
}

size_t sieve_add(struct sieve *sieve, const char *pattern)
{
	struct arena *arena = arena_new();
	size_t rule = sieve->count++;
	struct wants wants;

	wants_of(pattern, arena, &wants);
	for (size_t k = 0; k < WANTS_MAX; k++)
		if (k >= wants.count || !want_add(sieve, rule, k, &wants.list[k]))
			rule_put(&sieve->others.wants[k], rule);
	arena_free(arena);
	return rule;
}

/* One node, those in front of it being done: shorter, the longest beginning that ends as it does,
 * goes on where it does not, and has found what ends in both. */
static void node_close(struct sieve *sieve, size_t at, uint16_t *shorter)
{
	struct node *node = &sieve->nodes[at];
	const struct node *other = &sieve->nodes[shorter[at]];

	if (node->found && other->found)
		found_join(&sieve->found[node->found], &sieve->found[other->found]);
	else if (other->found)
		node->found = other->found;
	for (size_t kind = 0; kind < KINDS; kind++) {
		uint16_t next = at > 0 ? other->next[kind] : 0;

		if (node->next[kind])
			shorter[node->next[kind]] = next;
		else
			node->next[kind] = next;
	}
}

void sieve_close(struct sieve *sieve)
{
	uint16_t *shorter = xcalloc(sieve->nnode, sizeof(*shorter));
	uint16_t *order = xcalloc(sieve->nnode, sizeof(*order)); /* by length */
	size_t count = 1;

	for (size_t i = 0; i < count; i++) {
		for (size_t kind = 0; kind < KINDS; kind++)
			if (sieve->nodes[order[i]].next[kind])
				order[count++] = sieve->nodes[order[i]].next[kind];
	}
	for (size_t i = 0; i < count; i++)
		node_close(sieve, order[i], shorter);
	for (size_t i = 0; i < sieve->nnode; i++) {
		for (size_t kind = 0; kind < KINDS; kind++)
			if (sieve->nodes[sieve->nodes[i].next[kind]].found)
				sieve->nodes[i].next[kind] |= ENDS;
	}
	free(order);
	free(shorter);
}

size_t sieve_next(const struct rule_set *rules, size_t from, size_t end)
{
	while (from < end) {
		uint64_t left = rules->bits[from / 64 % (SIEVE_RULES / 64)] >> from % 64;

		if (left) {
			from += (size_t)__builtin_ctzll(left);
			break;
		}
		from += 64 - from % 64;
	}
	return from < end ? from : end;
}

static bool rule_in(const struct rule_set *rules, size_t rule)
{
	return rules->bits[rule / 64] >> rule % 64 & 1;
}

/* What octets may meet is met by them, or by a longer word. */
static bool octets_met(
	const struct sieve *sieve, size_t rule, uint64_t kinds, const struct found *found)
{
	for (size_t k = 0; k < WANTS_MAX; k++) {
		uint64_t octets = sieve->octets[rule][k];

		if (octets && !(octets & kinds) && !rule_in(&found->wants[k], rule))
			return false;
	}
	return true;
}

struct rule_set sieve_rules(const struct sieve *sieve, const char *text)
{
	const struct node *node = sieve->nodes;
	const struct rule_set *others = sieve->others.wants;
	struct found found = {0};
	struct rule_set rules;
	uint64_t kinds = 0;

	for (const char *c = text; *c; c++) {
		unsigned kind = sieve->kinds[(unsigned char)*c], next = node->next[kind];

		kinds |= (uint64_t)1 << kind;
		node = &sieve->nodes[next % ENDS];
		if (next & ENDS)
			found_join(&found, &sieve->found[node->found]);
	}
	for (size_t i = 0; i < COUNT_OF(rules.bits); i++)
		rules.bits[i] = (found.wants[0].bits[i] | others[0].bits[i]) &
			(found.wants[1].bits[i] | others[1].bits[i]) &
			(found.wants[2].bits[i] | others[2].bits[i]);
	for (size_t i = 0; (i = sieve_next(&rules, i, SIEVE_RULES)) < SIEVE_RULES; i++)
		if (!octets_met(sieve, i, kinds, &found))
			rules.bits[i / 64] &= ~((uint64_t)1 << i % 64);
	return rules;
}
