/* Finds all candidates: each token is offered to the recogniser of every field's type, with and without a key. */
#include "parsers/field.h"

#include <stdlib.h>
#include <string.h>

/* One row per field type. */
static const struct {
	field_recognise *recognise;
	bool without_key; /* recognised by shape, words or position */
} types[] = {
	[FIELD_NAME] = {field_name, true},
	[FIELD_NIK] = {field_nik, true},
	[FIELD_INT] = {field_int, true},
	[FIELD_COUNT] = {field_count, true},
	[FIELD_DATE] = {field_date, true},
	[FIELD_TIME] = {field_time, true},
	[FIELD_CHOICE] = {field_choice, true},
	[FIELD_WEIGHT] = {field_weight, true},
	[FIELD_LENGTH] = {field_length, true},
	[FIELD_AGE] = {field_age, true},
	[FIELD_POSYANDU] = {field_posyandu, true},
	[FIELD_AREA] = {field_area, false},
	[FIELD_TEXT] = {field_text, false},
};

bool keyed(size_t key, size_t at)
{
	return key < at;
}

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

static void keys_of_length(struct parse *parse, size_t first, size_t end, const struct lexicon_entry *e)
{
	for (; e; e = e->next) {
		int field;

		if (e->class_id != parse->index->key_class || e->words != end - first)
			continue;
		field = atoi(e->canonical);
		types[parse->index->form->fields[field].type].recognise(parse, field, first, end);
	}
}

/* "tgl", "umur ibu": the value must follow within the same explicit separators. */
static void keys_at(struct parse *parse, size_t first)
{
	char phrase[160];
	size_t length;

	keys_of_length(parse, first, first + 1, parse->tokens[first].keys);
	if (!lexicon_begins(parse->reader->keys, parse->tokens[first].text, parse->tokens[first].length))
		return;
	for (size_t words = 2; words <= LEXICON_WORDS && first + words <= parse->last; words++) {
		if (parse_crosses(parse, first + words - 1) ||
		    !tokens_phrase(parse->tokens, first, first + words, phrase, sizeof(phrase), &length))
			break;
		keys_of_length(parse, first, first + words, lexicon_find(parse->reader->keys, phrase, length));
	}
}

void candidates_find(struct parse *parse)
{
	const struct form *form = parse->index->form;

	for (size_t i = parse->first; i < parse->last; i++) {
		keys_at(parse, i);
		for (size_t f = 0; f < form->nfield; f++) {
			if (types[form->fields[f].type].without_key)
				types[form->fields[f].type].recognise(parse, (int)f, i, i);
		}
		if (!parse_step(parse, 1))
			return;
	}
}
