/* Whether a pattern can match at all: see needs.h. */
#include "parsers/words/needs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/util.h"

#define WORD_MAX  12 /* octets of a word that are looked for */
#define SET_MAX	  20 /* octets that may stand at one place: "[ymd]", "\\d" */
#define DEPTH_MAX 20 /* brackets in brackets */

/* A pattern while it is taken apart. */
struct source {
	const char *at;
	struct arena *arena;
	unsigned depth;
	bool strange; /* something that is not known here: nothing can be told */
};

static bool better(const struct want *a, const struct want *b)
{
	size_t x = a->shortest < 4 ? a->shortest : 4, y = b->shortest < 4 ? b->shortest : 4;

	return x != y ? x > y : a->count < b->count;
}

/* Nearly every text has one. */
static bool blank_meets(const struct want *want)
{
	for (size_t i = 0; i < want->count; i++)
		if (same_name(want->words[i], " "))
			return true;
	return false;
}

/* Only the most telling are kept. */
static void wants_add(struct wants *wants, const struct want *want)
{
	size_t worst = 0;

	if (want->count == 0 || want->shortest == 0 || blank_meets(want))
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

/* The octets one of which stands at a place; none: it may be any other. */
struct set {
	char octets[SET_MAX];
	size_t count;
	bool longer; /* some only begin a character */
};

/* Places in a row. */
struct run {
	struct set list[WORD_MAX];
	size_t length, words; /* that it may spell */
};

static void set_add(struct set *set, unsigned char octet)
{
	if (set->count == SET_MAX)
		set->count = SET_MAX + 1; /* too many */
	else if (set->count < SET_MAX)
		set->octets[set->count++] = (char)octet;
}

/* A run, told to its end: each word that it may spell. */
static void run_end(struct source *source, struct wants *wants, struct run *run)
{
	struct want want = {.shortest = run->length};

	for (size_t word = 0; run->length > 0 && word < run->words; word++) {
		char text[WORD_MAX];
		size_t which = word;

		for (size_t i = 0; i < run->length; i++) {
			text[i] = run->list[i].octets[which % run->list[i].count];
			which /= run->list[i].count;
		}
		want.words[want.count++] = arena_strndup(source->arena, text, run->length);
	}
	wants_add(wants, &want);
	run->length = 0;
}

/* One more place; what would be too long or may spell too many words ends in front of it. */
static void run_add(
	struct source *source, struct wants *wants, struct run *run, const struct set *set)
{
	if (run->length == WORD_MAX || (run->length > 0 && run->words * set->count > WORDS_MAX))
		run_end(source, wants, run);
	run->words = (run->length > 0 ? run->words : 1) * set->count;
	run->list[run->length++] = *set;
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

/* Behind a character, of which the first octet stands at the place. */
static const char *character_add(struct set *set, const char *c)
{
	set_add(set, (unsigned char)*c);
	set->longer |= (*c & 0x80) != 0;
	for (c++; (*c & 0xc0) == 0x80;)
		c++;
	return c;
}

/* One character of a class, a range or more; behind it. */
static const char *class_part(const char *c, struct set *set)
{
	const char *end = c[0] == '[' && c[1] == ':' ? strstr(c, ":]") : NULL;

	if (end || (c[0] == '\\' && isalnum((unsigned char)c[1]))) {
		set->count = SET_MAX + 1; /* "\\s", "[:alpha:]" */
		return end ? end + 2 : c + 2;
	}
	c += c[0] == '\\' && c[1];
	if (c[0] && c[1] == '-' && c[2] && c[2] != ']' && c[2] != '\\') {
		for (int octet = (unsigned char)c[0]; octet <= (unsigned char)c[2]; octet++)
			set_add(set, (unsigned char)octet);
		return c + 3;
	}
	if (!*c)
		return c;
	c = character_add(set, c);
	if (set->longer && *c == '-')
		set->count = SET_MAX + 1; /* a range of them */
	return c;
}

/* Behind its '[': to behind its ']'. */
static void read_class(struct source *source, struct set *set)
{
	const char *c = source->at;
	bool other = *c == '^';

	c += other;
	if (*c == ']')
		set_add(set, (unsigned char)*c++);
	while (*c && *c != ']')
		c = class_part(c, set);
	if (other || set->count > SET_MAX)
		set->count = 0;
	source->strange |= !*c;
	source->at = c + (*c == ']');
}

/* Behind its '(': a group with nothing but one row in it, once; it is as good as without. */
static bool plain_group(const char *c)
{
	c += c[0] == '?' && c[1] == ':' ? 2 : 0;
	if (*c == '?' || *c == '*')
		return false;
	while (*c && !strchr("(|)", *c)) {
		struct set any = {.count = 0};

		if (*c == '[') {
			for (c += 1 + (c[1] == '^'), c += *c == ']'; *c && *c != ']';)
				c = class_part(c, &any);
			c += *c == ']';
		} else {
			c += c[0] == '\\' && c[1] ? 2 : 1;
		}
	}
	return *c == ')' && !(c[1] && strchr("?*+{", c[1]));
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
	if (source->at[0] == '?' && isdigit((unsigned char)source->at[1])) {
		source->at += 1 + strspn(source->at + 1, "0123456789"); /* "(?2)": as that one */
		source->strange |= *source->at != ')';
		source->at += *source->at == ')';
		return kind;
	}
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

/* What stands at a place of a pattern: one of a set of octets, ... */
enum atom { ATOM_SET, ATOM_PLACE, ATOM_OTHER, ATOM_GROUP };

/* Behind its '\\'. */
static enum atom read_escape(struct source *source, struct set *set)
{
	char c = *source->at;

	if (!c || strchr("QExpPNkgoc0", c)) {
		source->strange = true;
		return ATOM_OTHER;
	}
	source->at++;
	if (strchr("bBAZzG", c))
		return ATOM_PLACE;
	for (char digit = '0'; c == 'd' && digit <= '9'; digit++)
		set_add(set, (unsigned char)digit);
	if (!isalnum((unsigned char)c))
		set_add(set, (unsigned char)c);
	return set->count ? ATOM_SET : ATOM_OTHER;
}

static enum atom read_atom(struct source *source, struct set *set, struct wants *inside)
{
	const char *first = source->at++;

	switch (*first) {
	case '^':
	case '$':
		return ATOM_PLACE;
	case '.':
		return ATOM_OTHER;
	case '[':
		read_class(source, set);
		return set->count ? ATOM_SET : ATOM_OTHER;
	case '\\':
		return read_escape(source, set);
	case '(':
		return read_bracket(source, inside) == BRACKET_GROUP ? ATOM_GROUP : ATOM_PLACE;
	default:
		source->at = character_add(set, first);
		return ATOM_SET;
	}
}

/* An atom that takes an octet or more. */
static void read_taken(struct source *source, struct wants *out, struct run *run,
	const struct set *set, unsigned least, bool once)
{
	bool told = set && least > 0, whole = told && !set->longer;

	if (told)
		run_add(source, out, run, set);
	if (once && whole)
		return;
	if (run->length > 1 || !whole)
		run_end(source, out, run);
	run->length = 0;
	if (whole) /* of "\\d+[ymd]" the last one stands beside what follows */
		run_add(source, out, run, set);
}

/* One behind the other, to '|' or ')'. */
static void read_row(struct source *source, struct wants *out)
{
	struct run run = {.length = 0};
	struct wants inside;
	size_t open = 0;
	bool once;

	out->count = 0;
	while (*source->at && *source->at != '|' && (*source->at != ')' || open > 0) &&
		!source->strange) {
		struct set set = {.count = 0};
		enum atom atom;
		unsigned least;

		if (*source->at == ')') {
			open--;
			source->at++;
			continue;
		}
		if (*source->at == '(' && plain_group(source->at + 1)) {
			open++;
			source->at += source->at[1] == '?' ? 3 : 1;
			continue;
		}
		inside.count = 0;
		atom = read_atom(source, &set, &inside);
		least = repeated(source, &once);
		for (size_t i = 0; least > 0 && i < inside.count; i++)
			wants_add(out, &inside.list[i]);
		if (atom != ATOM_PLACE) /* what stands around that is in a row all the same */
			read_taken(source, out, &run, atom == ATOM_SET ? &set : NULL, least, once);
	}
	run_end(source, out, &run);
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

void wants_of(const char *pattern, struct arena *arena, struct wants *out)
{
	struct source source = {.at = pattern, .arena = arena};

	out->count = 0;
	read_any_of(&source, out);
	if (source.strange || *source.at)
		out->count = 0;
}

bool wants_met(const struct wants *wants, const char *text)
{
	for (size_t i = 0; i < wants->count; i++) {
		const struct want *want = &wants->list[i];
		bool met = false;

		for (size_t k = 0; k < want->count && !met; k++)
			met = strstr(text, want->words[k]) != NULL;
		if (!met)
			return false;
	}
	return true;
}
