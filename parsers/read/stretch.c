/* Reads one stretch of tokens as a report of one form, looking for twins on the way. */
#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/parse/scratch.h"

#define COMMAS_MIN   3 /* so many commas part the fields */
#define CHILDREN_MAX 3

static void measure_separators(struct parse *parse)
{
	size_t commas = 0;

	parse->strong = false;
	for (size_t i = parse->first + 1; i < parse->last; i++) {
		parse->strong |= parse->tokens[i].before == BOUND_STRONG;
		commas += parse->tokens[i].sep == ',' || parse->tokens[i].sep == '|';
	}
	parse->commas = commas >= COMMAS_MIN;
}

static bool repeated(const struct parse *parse, const struct candidate *c)
{
	return parse->index->repeat[c->field] >= 0;
}

static bool free_tokens(const struct parse *parse, const struct candidate *c)
{
	for (size_t t = c->first; t < c->last; t++) {
		if (parse->taken[t] >= 0)
			return false;
	}
	return true;
}

/* A value of the field that was chosen stands right in front, parted by "/", "&", "+" or "dan". */
static bool paired(const struct parse *parse, const struct candidate *c)
{
	const struct token *token = &parse->tokens[c->first];

	if (c->first == parse->first)
		return false;
	for (size_t t = c->first; t < c->last; t++) {
		char sep = parse->tokens[t].sep;

		if (sep == '/' || sep == '&' || sep == '+')
			return true;
	}
	if (c->first > parse->first + 1 && token[-1].sep == '/' && !token[-1].digits &&
		token->before <= BOUND_SOFT)
		return true; /* "P 1800" behind a slash */
	return token_is(&token[-1], parse_class(parse, CLASS_AND));
}

/* The fields that each child has of which a value stands at a token, a bit each. */
static unsigned long told_at(const struct parse *parse, size_t at)
{
	unsigned long fields = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->first <= at && at < c->last && repeated(parse, c) && c->problem < 0 &&
			(parse->taken[at] == (short)i || free_tokens(parse, c)))
			fields |= 1ul << c->field;
	}
	return fields;
}

/* "…#HIDUP#BB 3360#semoga sehat": a word that was told already tells of a second child only where
 * it stands beside what the first stands beside: "L 3000, L 2900". */
static bool said_again(const struct parse *parse, const struct candidate *c)
{
	const struct candidate *first = NULL;
	unsigned long beside = 0;

	for (size_t i = 0; i < parse->nchosen; i++) {
		if (parse->candidates[parse->chosen[i]].field == c->field)
			first = &parse->candidates[parse->chosen[i]];
	}
	if (!first || c->kind != KIND_TYPED || !maybe_same(first->value, c->value))
		return false;
	if (first->first > parse->first && c->first > parse->first)
		beside = told_at(parse, first->first - 1u) & told_at(parse, c->first - 1u);
	if (first->last < parse->last && c->last < parse->last)
		beside |= told_at(parse, first->last) & told_at(parse, c->last);
	return beside == 0;
}

/* "L/P", "HIDUP/MATI": two of a printed form's choices, of which none was struck out. In a row of
 * fields that separators part the first are twins; how they came out is told of no two by that
 * alone. */
static bool left_standing(const struct parse *parse, const struct candidate *c)
{
	const struct form_field *field = &parse->index->form->fields[c->field];
	const struct token *token = &parse->tokens[c->first];
	short before = c->first > parse->first ? parse->taken[c->first - 1u] : -1;

	if (field->type != FIELD_CHOICE || token->sep != '/' || before < 0 ||
		parse->candidates[before].field != c->field)
		return false;
	return !parse->strong ||
		parse->index->words[c->field] == parse_class(parse, CLASS_OUTCOME) ||
		parse->tokens[parse->candidates[before].first].newline;
}

/* A second value of a field that each child has, as far as is known. */
static bool second_value(const struct parse *parse, const struct candidate *c)
{
	if (!repeated(parse, c) || c->problem >= 0 || !free_tokens(parse, c))
		return false;
	if (c->kind == KIND_BARE && parse->index->form->fields[c->field].usual_max > 0 &&
		c->worth < WORTH_NUMBER)
		return false;
	return paired(parse, c) || !said_again(parse, c);
}

/* The word itself, second values in pairs, or second values of two fields that each child has. */
static unsigned count_children(const struct parse *parse)
{
	bool field[REPORT_FIELDS] = {false}, pair = false, measured = false;
	unsigned second = children_numbered(parse), standing = 0;

	if (!parse->index->form->nrepeat)
		return 1;
	if (second)
		return second;
	for (size_t i = parse->first; i < parse->last; i++) {
		const char *children = NULL;

		if (phrase_at(parse, i, parse_class(parse, CLASS_TWINS), &children))
			return (unsigned)atoi(children);
	}
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (field[c->field] || !second_value(parse, c))
			continue;
		field[c->field] = true;
		if (left_standing(parse, c)) {
			standing++;
			continue;
		}
		pair |= paired(parse, c);
		measured |= c->type != FIELD_CHOICE;
		second++;
	}
	if (standing && !measured)
		return 1;
	second += standing;
	return second >= 2 || (second == 1 && pair) ? 2 : 1;
}

/* A good weight or the like that still is nobody's, beside the others. */
static bool more_children(const struct parse *parse)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->child == 0 && c->problem < 0 && repeated(parse, c) &&
			free_tokens(parse, c) && paired(parse, c))
			return true;
	}
	return false;
}

static bool same_stretch(const struct parse *parse, const struct form_index *index, size_t first,
	size_t last)
{
	return parse->read == index && parse->read_first == first && parse->read_last == last;
}

/* Kept until the message is through: trials ask for the same stretches again. */
void parse_keep(struct parse *parse)
{
	struct scratch *scratch = parse->scratch;
	struct kept_reading *kept;
	size_t slot = 0;

	while (slot < scratch->nkept && !same_stretch(&scratch->kept[slot].parse, parse->read,
		parse->read_first, parse->read_last))
		slot++;
	if (slot == KEPT_MAX)
		return;
	kept = &scratch->kept[slot];
	if (slot == scratch->nkept)
		scratch->nkept++;
	kept->parse = *parse;
	kept->candidates = arena_raw(parse->arena, parse->ncandidate * sizeof(struct candidate));
	memcpy(kept->candidates, parse->candidates, parse->ncandidate * sizeof(struct candidate));
	kept->begun = arena_raw(
		parse->arena, (parse->last - parse->first) * sizeof(*kept->begun));
	for (size_t i = parse->first; i < parse->last; i++)
		kept->begun[i - parse->first] = parse->tokens[i].begun;
}

static bool take_kept(
	struct parse *parse, const struct form_index *index, size_t first, size_t last)
{
	for (size_t i = 0; i < parse->scratch->nkept; i++) {
		const struct kept_reading *kept = &parse->scratch->kept[i];

		if (!same_stretch(&kept->parse, index, first, last))
			continue;
		*parse = kept->parse;
		memcpy(parse->candidates, kept->candidates,
			parse->ncandidate * sizeof(struct candidate));
		for (size_t t = first; t < last; t++)
			parse->tokens[t].begun = kept->begun[t - first];
		return true;
	}
	return false;
}

void parse_region(struct parse *parse, const struct form_index *index, size_t first, size_t last)
{
	if (same_stretch(parse, index, first, last)) {
		parse->index = index;
		parse->first = first;
		parse->last = last;
		return; /* just looked at */
	}
	if (take_kept(parse, index, first, last)) {
		parse->behind = last;
		return;
	}
	parse->read = index;
	parse->read_first = first;
	parse->read_last = last;
	parse->index = index;
	parse->first = first;
	parse->last = parse->behind = last;
	parse->ncandidate = 0;
	parse->nchosen = 0;
	parse->children = 1;
	measure_separators(parse);
	candidates_find(parse);
	parse_assign(parse);
	parse->children = count_children(parse);
	for (unsigned known = 1; known < parse->children && known < CHILDREN_MAX; known++) {
		candidates_twin(parse, known);
		parse_assign(parse);
		if (parse->children < CHILDREN_MAX && more_children(parse))
			parse->children++;
	}
	parse_keep(parse);
}

size_t parse_words_left(const struct parse *parse)
{
	size_t left = 0;

	for (size_t i = parse->first; i < parse->last; i++) {
		if (parse->taken[i] < 0 &&
			!token_is(&parse->tokens[i], parse_class(parse, CLASS_FILLER)))
			left++;
	}
	return left;
}

size_t parse_tokens_left(const struct parse *parse)
{
	size_t left = 0;

	for (size_t i = parse->first; i < parse->last; i++)
		left += parse->taken[i] < 0;
	return left;
}
