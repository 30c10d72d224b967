/* Whether a pattern can match at all: see needs.h. */
#include "parsers/words/needs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/util.h"

#define WANTS_MAX 3	 /* of one pattern */
#define WORDS_MAX 60 /* of one want */
#define WORD_MAX  12 /* octets of a word that are looked for */
#define DEPTH_MAX 20 /* brackets in brackets */

/* One of these words is in every text that matches. */
struct want {
	const char *words[WORDS_MAX];
	size_t count, shortest;
};

struct wants {
	struct want list[WANTS_MAX];
	size_t count;
};

/* A pattern while it is taken apart. */
struct source {
	const char *at;
	struct arena *arena;
	unsigned depth;
	bool strange; /* something that is not known here: nothing can be told */
};

/* Wants one behind the other; each its words, each the grams of it behind their number; 0 ends a
 * want, and all of them. */
struct needs {
	uint16_t *grams;
};

/* Pairs first, then triples, then single octets. */
static unsigned gram(const unsigned char *octets, unsigned length)
{
	unsigned bits = 0;

	for (unsigned i = 0; i < length; i++)
		bits = bits << 4 ^ octets[i];
	if (length == 1)
		return 2 * GRAMS_BITS + *octets;
	return (length - 2) * GRAMS_BITS + bits % GRAMS_BITS;
}

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
	unsigned pair = 0, triple = 0;

	memset(grams, 0, sizeof(*grams));
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		pair = (pair << 4 ^ *c) % GRAMS_BITS;
		triple = (triple << 4 ^ *c) % GRAMS_BITS;
		gram_set(grams, pair);
		gram_set(grams, GRAMS_BITS + triple);
		gram_set(grams, 2 * GRAMS_BITS + *c);
		pair = *c;
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
	unsigned triple = 0;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		triple = (triple << 4 ^ *c) % GRAMS_BITS;
		rules |= sieve->by_triple[triple];
	}
	return rules;
}

static bool better(const struct want *a, const struct want *b)
{
	size_t x = a->shortest < 4 ? a->shortest : 4, y = b->shortest < 4 ? b->shortest : 4;

	return x != y ? x > y : a->count < b->count;
}

/* Only the most telling are kept. */
static void wants_add(struct wants *wants, const struct want *want)
{
	size_t worst = 0;

	if (want->count == 0 || want->shortest == 0)
		return;
	if (wants->count < WANTS_MAX) {
		wants->list[wants->count++] = *want;
		return;
	}
	for (size_t i = 1; i < wants->count; i++) {
		if (better(&wants->list[worst], &wants->list[i]))
			worst = i;
	}
	if (better(want, &wants->list[worst]))
		wants->list[worst] = *want;
}

/* Letters in a row, told to their end. */
static void run_end(struct source *source, struct wants *wants, char *run, size_t *length)
{
	struct want want = {.count = 1, .shortest = *length};

	want.words[0] = arena_strndup(source->arena, run, *length);
	wants_add(wants, &want);
	*length = 0;
}

/* "?", "*", "+", "{2,5}" and what makes them lazy: how often at least; *once: neither more. */
static unsigned repeated(struct source *source, bool *once)
{
	const char *c = source->at;
	unsigned least = 1;

	*once = false;
	if (*c == '?' || *c == '*') {
		least = 0;
		c++;
	} else if (*c == '+') {
		c++;
	} else if (*c == '{' && isdigit((unsigned char)c[1])) {
		least = (unsigned)strtoul(c + 1, NULL, 10);
		c += strcspn(c, "}");
		c += *c == '}';
	} else {
		source->strange |= *c == '{';
		*once = true;
		return 1;
	}
	c += *c == '?' || *c == '+';
	source->at = c;
	return least;
}

/* Behind its '[': to behind its ']'. */
static void skip_class(struct source *source)
{
	const char *c = source->at;

	c += *c == '^';
	c += *c == ']';
	while (*c && *c != ']') {
		const char *end = c[0] == '[' && c[1] == ':' ? strstr(c, ":]") : NULL;

		if (end)
			c = end + 2;
		else
			c += c[0] == '\\' && c[1] ? 2 : 1;
	}
	source->strange |= !*c;
	source->at = c + (*c == ']');
}

static void read_any_of(struct source *source, struct wants *out);

/* What is asked for beside the text, or must not be there. */
enum bracket { BRACKET_GROUP, BRACKET_BESIDE, BRACKET_NOT, BRACKET_FLAG };

/* Behind "(?". */
static enum bracket bracket_kind(struct source *source)
{
	static const struct {
		const char *mark;
		enum bracket kind;
	} kinds[] = {{":", BRACKET_GROUP}, {">", BRACKET_GROUP}, {"<=", BRACKET_BESIDE},
		{"<!", BRACKET_NOT}, {"=", BRACKET_BESIDE}, {"!", BRACKET_NOT},
		{"s)", BRACKET_FLAG}, {"m)", BRACKET_FLAG}};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (strncmp(source->at, kinds[i].mark, strlen(kinds[i].mark)) == 0) {
			source->at += strlen(kinds[i].mark);
			return kinds[i].kind;
		}
	}
	if (*source->at == '<' && strchr(source->at, '>')) { /* a group with a name */
		source->at = strchr(source->at, '>') + 1;
		return BRACKET_GROUP;
	}
	source->strange = true;
	return BRACKET_FLAG;
}

/* Behind its '(': to behind its ')', and the wants of what is in it. */
static enum bracket read_bracket(struct source *source, struct wants *inside)
{
	enum bracket kind = BRACKET_GROUP;

	inside->count = 0;
	source->strange |= *source->at == '*';
	if (*source->at == '?') {
		source->at++;
		kind = bracket_kind(source);
	}
	if (kind == BRACKET_FLAG || source->strange || ++source->depth > DEPTH_MAX) {
		source->strange |= kind != BRACKET_FLAG;
		return kind;
	}
	read_any_of(source, inside);
	source->depth--;
	source->strange |= *source->at != ')';
	source->at += *source->at == ')';
	if (kind == BRACKET_NOT)
		inside->count = 0;
	return kind;
}

/* What stands at a place of a pattern. */
enum atom { ATOM_LETTER, ATOM_PLACE, ATOM_OTHER, ATOM_GROUP };

/* Behind its '\\'. */
static enum atom read_escape(struct source *source, char *letter)
{
	char c = *source->at;

	if (!c || strchr("QExpPNkgoc0", c)) {
		source->strange = true;
		return ATOM_OTHER;
	}
	source->at++;
	*letter = c;
	if (strchr("bBAZzG", c))
		return ATOM_PLACE;
	return isalnum((unsigned char)c) ? ATOM_OTHER : ATOM_LETTER;
}

static enum atom read_atom(struct source *source, char *letter, struct wants *inside)
{
	char c = *source->at++;

	*letter = c;
	switch (c) {
	case '^':
	case '$':
		return ATOM_PLACE;
	case '.':
		return ATOM_OTHER;
	case '[':
		skip_class(source);
		return ATOM_OTHER;
	case '\\':
		return read_escape(source, letter);
	case '(':
		return read_bracket(source, inside) == BRACKET_GROUP ? ATOM_GROUP : ATOM_PLACE;
	default:
		return c & 0x80 ? ATOM_OTHER : ATOM_LETTER;
	}
}

/* One behind the other, to '|' or ')'. */
static void read_row(struct source *source, struct wants *out)
{
	char run[WORD_MAX], letter;
	struct wants inside;
	size_t length = 0;
	bool once;

	out->count = 0;
	while (*source->at && *source->at != '|' && *source->at != ')' && !source->strange) {
		enum atom atom;
		unsigned least;

		inside.count = 0;
		atom = read_atom(source, &letter, &inside);
		least = repeated(source, &once);
		for (size_t i = 0; least > 0 && i < inside.count; i++)
			wants_add(out, &inside.list[i]);
		if (atom == ATOM_PLACE)
			continue; /* what stands around it is in a row all the same */
		if (atom == ATOM_LETTER && least > 0 && length < WORD_MAX)
			run[length++] = letter;
		else
			once = false;
		if (!once)
			run_end(source, out, run, &length);
	}
	run_end(source, out, run, &length);
}

/* Rows with '|' between them: the most telling want of each, any of them. */
static void read_any_of(struct source *source, struct wants *out)
{
	struct want any = {0};
	bool told = true;

	for (size_t row = 0;; row++, source->at++) {
		const struct want *best;

		read_row(source, out);
		if (row == 0 && *source->at != '|')
			return;
		best = out->list;
		for (size_t i = 1; i < out->count; i++)
			best = better(&out->list[i], best) ? &out->list[i] : best;
		told &= out->count > 0 && any.count + best->count <= WORDS_MAX;
		if (told) {
			if (row == 0 || best->shortest < any.shortest)
				any.shortest = best->shortest;
			memcpy(any.words + any.count, best->words,
				best->count * sizeof(any.words[0]));
			any.count += best->count;
		}
		if (*source->at != '|' || source->strange)
			break;
	}
	out->count = 0;
	if (told)
		wants_add(out, &any);
}

/* The grams of a word, behind their number; how many octets of the list they take. */
static size_t word_lay(const char *word, uint16_t *to)
{
	size_t length = strlen(word), width = length < GRAMS_KINDS ? length : GRAMS_KINDS;

	to[0] = (uint16_t)(length - width + 1);
	for (size_t i = 0; i + width <= length; i++)
		to[i + 1] = (uint16_t)gram((const unsigned char *)word + i, (unsigned)width);
	return (size_t)to[0] + 1;
}

static int fewer(const void *a, const void *b)
{
	const struct want *x = a, *y = b;

	return (x->count > y->count) - (x->count < y->count);
}

struct needs *needs_of(const char *pattern)
{
	struct source source = {.at = pattern, .arena = arena_new()};
	struct needs *needs = xcalloc(1, sizeof(*needs));
	struct wants wants = {0};
	size_t used = 0;

	needs->grams = xcalloc(WANTS_MAX * (WORDS_MAX * (WORD_MAX + 1) + 1) + 1, sizeof(uint16_t));
	read_any_of(&source, &wants);
	qsort(wants.list, wants.count, sizeof(wants.list[0]), fewer); /* quick to answer first */
	if (!source.strange && !*source.at) {
		for (size_t i = 0; i < wants.count; i++) {
			for (size_t k = 0; k < wants.list[i].count; k++)
				used += word_lay(wants.list[i].words[k], needs->grams + used);
			used++;
		}
	}
	needs->grams = xrealloc(needs->grams, used + 1, sizeof(uint16_t));
	arena_free(source.arena);
	return needs;
}

void needs_free(struct needs *needs)
{
	if (needs)
		free(needs->grams);
	free(needs);
}
