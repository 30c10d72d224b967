/* Finds all candidates: each token is offered to the recogniser of every field's type, with and
 * without a key. */
#include "parsers/field.h"

#include <stdlib.h>
#include <string.h>

/* One row per field type. */
static const struct {
	field_recognise *recognise;
	bool without_key; /* recognised by shape, words or position ... */
	bool number; /* ... only where a number begins */
} types[] = {
	[FIELD_NAME] = {field_name, true, false},
	[FIELD_NIK] = {field_nik, true, false},
	[FIELD_INT] = {field_int, true, true},
	[FIELD_COUNT] = {field_count, true, true},
	[FIELD_DATE] = {field_date, true, false},
	[FIELD_TIME] = {field_time, true, false},
	[FIELD_CHOICE] = {field_choice, true, false},
	[FIELD_WEIGHT] = {field_weight, true, true},
	[FIELD_LENGTH] = {field_length, true, true},
	[FIELD_AGE] = {field_age, true, true},
	[FIELD_POSYANDU] = {field_posyandu, true, false},
	[FIELD_AREA] = {field_area, false, false},
	[FIELD_TEXT] = {field_text, false, false},
};

int keyed_worth(size_t key, size_t at, size_t end, int unkeyed)
{
	return (keyed(key, at) ? WORTH_KEYED : unkeyed) + WORTH_TOKEN * (int)(end - key);
}

int usual_worth(const struct form_field *field, double value)
{
	if (field->usual_max <= 0)
		return 0;
	return value >= field->usual_min && value <= field->usual_max ? WORTH_USUAL : WORTH_UNUSUAL;
}

bool whole_field(const struct parse *parse, size_t at, size_t end)
{
	return parse->strong && (at == parse->first || parse_crosses(parse, at)) &&
		(end == parse->last || parse_crosses(parse, end));
}

static bool keys_of_length(
	struct parse *parse, size_t first, size_t end, const struct lexicon_entry *e)
{
	bool found = false;

	for (size_t i = first + 1; e && i < end; i++) {
		if (parse_crosses(parse, i) || parse->tokens[i].sep == '=' ||
			parse->tokens[i].sep == ':')
			return false; /* "bayi=0 11/8": the key ends there */
	}
	for (; e; e = e->next) {
		int field;

		if (e->class_id != parse->index->key_class || e->words != end - first)
			continue;
		field = atoi(e->canonical);
		types[parse->index->form->fields[field].type].recognise(parse, field, first, end);
		found = true;
	}
	return found;
}

/* "tgl", "umur ibu": the longest key that begins here; its value must follow within the explicit
 * separators. */
static void keys_at(struct parse *parse, size_t first)
{
	for (size_t words = parse->tokens[first].keys ? LEXICON_WORDS : 0; words > 0; words--) {
		if (first + words <= parse->last && keys_of_length(parse, first, first + words,
		    token_keys(&parse->tokens[first], words)))
			return;
	}
}

/* A number that is surely something else is not an impossible value of another field; nor is what
 * a unit says there, when the same is another's good value: an age of 3 weeks. */
static bool explained(const struct parse *parse, const struct candidate *wrong)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (wrong->kind == KIND_TYPED) {
			if (c->problem < 0 && c->first == wrong->first && c->last == wrong->last)
				return true;
		} else if (c->problem < 0 && c->first < wrong->last && wrong->first < c->last &&
		    (c->kind == KIND_KEYED || c->last - c->first > wrong->last - wrong->first ||
		     parse->index->form->fields[c->field].type == FIELD_DATE ||
		     parse->index->form->fields[c->field].type == FIELD_WEIGHT))
			return true;
	}
	return false;
}

static void drop_explained(struct parse *parse)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if ((c->kind == KIND_BARE ? c->problem >= 0 : c->problem == PROBLEM_RANGE) &&
			c->kind != KIND_KEYED && explained(parse, c))
			continue;
		parse->candidates[kept++] = *c;
	}
	parse->ncandidate = kept;
}

void candidates_index(struct form_index *index)
{
	for (size_t f = 0; f < index->form->nfield; f++) {
		const struct form_field *field = &index->form->fields[f];

		if (!types[field->type].without_key || field->keyed)
			continue;
		index->unkeyed[index->nunkeyed++] = (signed char)f;
		if (!types[field->type].number)
			index->wordy[index->nwordy++] = (signed char)f;
	}
}

/* The 2 of "kembar 2" is no value of its own. */
static bool counts_children(const struct parse *parse, size_t at)
{
	return at > parse->first && parse->index->form->nrepeat > 0 &&
		phrase_at(parse, at - 1, parse_class(parse, CLASS_TWINS), NULL) > at;
}

void candidates_find(struct parse *parse)
{
	const struct form_index *index = parse->index;

	numbers_find(parse);
	for (size_t i = parse->first; i < parse->last; i++) {
		if (counts_children(parse, i))
			continue;
		bool decimals = i > parse->first && fraction_whole(parse, i - 1);
		bool number = parse->tokens[i].said != 0 && !decimals;
		const signed char *fields = number ? index->unkeyed : index->wordy;
		size_t nfield = number ? index->nunkeyed : index->nwordy;

		keys_at(parse, i);
		for (size_t f = 0; f < nfield; f++)
			types[index->form->fields[fields[f]].type].recognise(
				parse, fields[f], i, i);
		if (!parse_step(parse, 1))
			return;
	}
	drop_explained(parse);
}
