/* Counts: by their place in a row, behind their key, or ("4 bumil, 2 busui") in front of it. */
#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/field/hedge.h"

/* The end of the key of a count that begins at a token, the longest; 0. */
static size_t count_key(const struct parse *parse, size_t at, int *field)
{
	for (size_t words = parse->tokens[at].keys ? LEXICON_WORDS : 0; words > 0; words--) {
		const struct lexicon_entry *e = at + words > parse->last
			? NULL : token_keys(&parse->tokens[at], words);

		for (; e; e = e->next) {
			*field = e->class_id == parse->index->key_class && e->words == words
				? atoi(e->canonical) : -1;
			if (*field >= 0 && parse->index->form->fields[*field].type == FIELD_COUNT)
				return at + words;
		}
	}
	return 0;
}

/* A number that is no part of a date or a name stands right in front of a key. */
static bool opens_counts(const struct parse *parse, size_t key)
{
	const struct token *number = &parse->tokens[key - 1];
	const struct posyandu *unit;

	if (!number->digits || parse_crosses(parse, key))
		return false;
	return key - 1 == parse->first || (!number[-1].digits && !number[-1].keys &&
		number->before != BOUND_NONE && posyandu_exact_at(parse, key - 2, &unit) != key);
}

bool counts_first(const struct parse *parse)
{
	size_t last = 0, keys = 0;
	int field;

	if (parse->first >= parse->last || count_key(parse, parse->first, &field))
		return false;
	for (size_t i = parse->first + 1; i < parse->last; i++) {
		size_t end = count_key(parse, i, &field);

		if (!end)
			continue;
		if (keys ? !parse->tokens[i - 1].digits || i - 1 < last : !opens_counts(parse, i))
			return false;
		keys++;
		last = end;
		i = end - 1;
	}
	return keys > 1 && (last == parse->last || !parse->tokens[last].digits ||
		parse_crosses(parse, last));
}

/* "38 ditimbang": a key behind its number, worth a little less than one in front. */
static void count_before_key(struct parse *parse, int f, size_t at, size_t end, double value)
{
	const struct token *next = &parse->tokens[end];
	bool first = parse->counts_first;
	struct candidate *c;
	size_t key = 0;
	int field = -1;

	if (end < parse->last && next->before <= BOUND_SOFT &&
		!(next->sep == '.' && next->spaced) && (first || next->length >= 3))
		key = count_key(parse, end, &field);
	if (!key || field != f || (key > end + 1 && !first))
		return;
	c = candidate_add(parse, at, key, f, first ? keyed_worth(at, end, key, 0) : WORTH_UNIT,
		number_text(parse->arena, value), "in front of its key");
	c->kind = KIND_KEYED;
}

void field_count(struct parse *parse, int f, size_t key, size_t at)
{
	struct decimal number;
	const char *unit;
	size_t none;

	if (keyed(key, at) && parse->counts_first)
		return;
	if (keyed(key, at) && value_reachable(parse, key, at))
		at = ages_behind(parse, at);
	if (!value_reachable(parse, key, at))
		return;
	none = keyed(key, at) ? phrase_at(parse, at, parse_class(parse, CLASS_NIHIL), NULL) : 0;
	if (none)
		number_add(parse, f, key, at, none, 0, false); /* "lansia nihil" */
	number = decimal_at(parse, at, false);
	if (!number.end)
		return;
	unit = unit_at(parse, number.end);
	if (unit && strcmp(unit, "ORANG") == 0 && keyed(key, at)) {
		number_add(parse, f, key, at, number.end + 1, number.value, true);
	} else if (keyed(key, at)) {
		number_add(parse, f, key, at, number.end, number.value, false);
	} else {
		if (parse->index->order[f] >= 0 && !unit)
			number_add(parse, f, key, at, number.end, number.value, false);
		count_before_key(parse, f, at, number.end, number.value);
	}
}
