/* What all recognisers share: candidates, word classes, phrases, segments. */
#include "parsers/parse/parse.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "parsers/parse/scratch.h"

static struct candidate *candidate_new(
	struct parse *parse, size_t first, size_t last, int field, int worth, const char *why)
{
	enum field_type type = parse->index->form->fields[field].type;
	struct candidate *c;

	if (!parse_step(parse, 1) || parse->ncandidate >= CANDIDATES_MAX)
		return &parse->scratch->overflow;
	parse->types |= 1u << type;
	c = &parse->candidates[parse->ncandidate++];
	*c = (struct candidate){.first = (unsigned short)first,
		.last = (unsigned short)last,
		.field = (signed char)field,
		.type = (unsigned char)type,
		.worth = (short)worth,
		.kind = KIND_TYPED,
		.problem = -1,
		.why = why};
	return c;
}

struct candidate *candidate_add(struct parse *parse, size_t first, size_t last, int field,
	int worth, const char *value, const char *why)
{
	struct candidate *c = candidate_new(parse, first, last, field, worth, why);

	c->value.or_null = value;
	return c;
}

struct candidate *candidate_wrong(struct parse *parse, size_t first, size_t last, int field,
	int worth, enum problem_code problem, const char *why)
{
	struct candidate *c = candidate_new(parse, first, last, field, worth, why);

	c->problem = (signed char)problem;
	return c;
}

void candidates_twin(struct parse *parse, unsigned child)
{
	size_t count = parse->ncandidate;

	for (size_t i = 0; i < count && parse->ncandidate < CANDIDATES_MAX; i++) {
		struct candidate *c = &parse->candidates[parse->ncandidate];

		if (parse->candidates[i].child ||
			parse->index->repeat[parse->candidates[i].field] < 0)
			continue;
		*c = parse->candidates[i];
		c->child = (unsigned char)child;
		c->worth = (short)(c->worth - 1); /* the first child comes first */
		parse->ncandidate++;
	}
}

const char *choice_spelt(const struct form_field *field, const struct token *token)
{
	for (size_t i = 0; i < field->nchoice && !field->words; i++) {
		if (tolower((unsigned char)field->choices[i][0]) == token->text[0] &&
			strcasecmp(field->choices[i], token->text) == 0)
			return field->choices[i];
	}
	return NULL;
}

bool token_means(const struct parse *parse, size_t i)
{
	const struct form_index *index = parse->index; /* none before a form is chosen */
	const struct token *token = &parse->tokens[i];

	if (token->begun.matched)
		return true;
	parse_step(parse, 2);
	for (const struct lexicon_entry *e = token->keys; e; e = e->next) {
		if (e->words == 1 && ((index && e->class_id == index->key_class) ||
		    e->class_id == CLASS_KEYWORD))
			return true;
	}
	for (const struct lexicon_entry *e = token->words; e; e = e->next) {
		if (e->class_id >= 0 && parse->reader->relevant[e->class_id])
			return true;
	}
	if (!index || !(index->spelt & spelt_bit(token->text)))
		return false;
	for (size_t f = 0; f < index->form->nfield; f++) {
		if (choice_spelt(&index->form->fields[f], token))
			return true;
	}
	return false;
}

/* "lk2" and "laki 2" are words; the 2 of "lk 2.580" and "lk 2 kg" is a weight's. */
static bool ends_in_number(const struct parse *parse, size_t first, size_t end)
{
	const struct token *last = &parse->tokens[end - 1];

	if (end < first + 2 || !last->digits || last->before == BOUND_NONE || end >= parse->last)
		return false;
	return (last[1].digits && !last[1].spaced && (last[1].sep == '.' || last[1].sep == ',')) ||
		token_is(&last[1], parse_class(parse, CLASS_UNIT));
}

size_t phrase_find(const struct parse *parse, size_t first, int class_id, const char **meaning)
{
	const struct token *token = &parse->tokens[first];

	if (!parse_step(parse, 2))
		return 0;
	for (unsigned words = lexicon_longest(token->words); words > 0; words--) {
		const struct lexicon_entry *e = words > 1 ? token->phrases[words - 2]
							  : token->words;

		if (!e || !class_in(&e->classes, class_id) || first + words > parse->last ||
			ends_in_number(parse, first, first + words))
			continue;
		for (; e; e = e->next) {
			if (e->class_id != class_id || e->words != words)
				continue;
			if (meaning)
				*meaning = e->canonical;
			return first + words;
		}
	}
	return 0;
}

bool within_phrase(const struct parse *parse, size_t at)
{
	for (size_t back = 1; back < LEXICON_WORDS && back <= at; back++) {
		for (size_t words = back + 1; words <= LEXICON_WORDS; words++) {
			if (parse->tokens[at - back].phrases[words - 2])
				return true;
		}
	}
	return false;
}

size_t parse_digits(const struct parse *parse, size_t first, size_t last)
{
	size_t digits = 0;

	parse_step(parse, last > first ? last - first : 0);
	for (size_t i = first; i < last; i++)
		digits += parse->tokens[i].digits ||
			token_is(&parse->tokens[i], parse_class(parse, CLASS_NUMBER));
	return digits;
}

bool has_strong(const struct parse *parse, size_t first, size_t count)
{
	for (size_t i = first + 1; i < count; i++) {
		if (parse->tokens[i].before == BOUND_STRONG)
			return true;
	}
	return false;
}

size_t parse_segment_end(const struct parse *parse, size_t first)
{
	size_t i = first + 1;

	while (i < parse->last && !parse_starts_segment(parse, i))
		i++;
	parse_step(parse, i - first);
	return i;
}
