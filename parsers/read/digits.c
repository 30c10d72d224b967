/* Signs that stand for a number.
 *
 * "#l870#", "l2 hari", "O,9kg": a letter that is the first digit of a number. It is one where the
 * number is possible with it: an age, a date, a field's value; "L3200" stays a boy of 3200 g.
 * (Letters between and behind digits are the tokens' own matter.)
 *
 * "45 45 38 -": a dash alone among the counts of a row by position holds its place, 0.
 */
#include "parsers/read/digits.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/parse/keyword.h"

#define DAYS_MOST   31
#define AGE_DIGITS  2 /* behind the letter */
#define KILOS_MOST  6
#define VALUE_MOST  99999
#define COUNTS_MOST 16 /* in a row */

/* The letter, and where in its token it stands: alone, or behind a key ("Sl5"). */
struct letter {
	size_t at; /* the token */
	char digit;
	double value; /* of the number with it */
	size_t end; /* behind the number */
	bool fraction;
};

/* The form's key that a token, or its first letters, spell: the field, -1. */
static int key_of_form(const struct form_index *index, const struct lexicon_entry *e)
{
	while (e && (e->class_id != index->key_class || e->words != 1))
		e = e->next;
	return e ? atoi(e->canonical) : -1;
}

/* The same of the form that is read or, where none is known, of the first one that has such a key.
 */
static const struct form_field *key_field(
	const struct parse *parse, const char *word, size_t length)
{
	const struct lexicon_entry *e =
		length ? lexicon_find(parse->reader->keys, word, length) : NULL;

	for (size_t f = 0; e && f < parse->reader->nform; f++) {
		const struct form_index *index = &parse->reader->index[f];
		int field = parse->index && parse->index != index ? -1 : key_of_form(index, e);

		if (field >= 0)
			return &index->form->fields[field];
	}
	return NULL;
}

static bool letter_at(const struct parse *parse, size_t at, size_t count, struct letter *out)
{
	const struct token *token = &parse->tokens[at], *next = token + 1;
	static const int powers[] = {1, 10, 100, 1000, 10000};
	char c = token->digits ? '\0' : token->text[token->length - 1];

	if (at + 1 >= count || !c || !strchr("lio", c) || !next->digits || next->length > 4 ||
		next->number < 0)
		return false;
	if (token->length > 1 &&
		(token->words || token->keys ||
			!key_field(parse, token->text, token->length - 1u)))
		return false;
	if (token->length == 1 && token->before == BOUND_NONE && at > 0)
		return false; /* "3l5": within a number */
	*out = (struct letter){.at = at, .digit = c == 'o' ? '0' : '1', .end = at + 2};
	if ((next->sep == ',' || next->sep == '.') && !next->spaced) {
		out->fraction = true;
		out->value = (out->digit - '0') + (double)next->number / powers[next->length];
		return next->length <= 3;
	}
	if (next->before != BOUND_NONE)
		return false;
	out->value = (double)next->number +
		(out->digit == '1' ? (double)powers[next->length] : 0);
	return true;
}

static const char *unit_behind(const struct parse *parse, const struct letter *letter, size_t count)
{
	if (letter->end >= count || parse_crosses(parse, letter->end))
		return NULL;
	return token_meaning(&parse->tokens[letter->end], parse_class(parse, CLASS_UNIT));
}

static bool fits_unit(const struct letter *letter, const char *unit)
{
	if (strcmp(unit, "KG") == 0)
		return letter->fraction && letter->value <= KILOS_MOST;
	if (letter->fraction)
		return false;
	if (strcmp(unit, "GRAM") == 0)
		return letter->value >= 500 && letter->value <= 6000;
	if (strcmp(unit, "CM") == 0)
		return letter->value >= 25 && letter->value <= 60;
	return letter->value < 100 && letter->digit == '1';
}

/* "l2/8/24", "o9-8" */
static bool fits_date(const struct parse *parse, const struct letter *letter, size_t count)
{
	const struct token *next = &parse->tokens[letter->end];

	return !letter->fraction && letter->end < count && next->digits && !next->spaced &&
		(next->sep == '/' || next->sep == '-') && letter->value <= DAYS_MOST &&
		next[-1].length <= AGE_DIGITS;
}

static bool fits_field(const struct form_field *field, double value)
{
	switch (field->type) {
	case FIELD_INT:
	case FIELD_COUNT:
	case FIELD_WEIGHT:
	case FIELD_LENGTH:
		return value >= field->min && value <= (field->max > 0 ? field->max : VALUE_MOST);
	default:
		return false;
	}
}

/* By the key in front, or by any field that numbers fill by their place. */
static bool fits_form(const struct parse *parse, const struct letter *letter, size_t count)
{
	const struct token *token = &parse->tokens[letter->at];
	const struct form *form = parse->index ? parse->index->form : NULL;
	const struct form_field *field = NULL;

	if (letter->fraction || letter->digit != '1' ||
		(letter->end < count && parse->tokens[letter->end].before == BOUND_NONE))
		return false;
	if (token->length > 1)
		field = key_field(parse, token->text, token->length - 1u);
	else if (letter->at > 0 && !parse_crosses(parse, letter->at))
		field = key_field(parse, token[-1].text, token[-1].length);
	if (field)
		return fits_field(field, letter->value);
	for (size_t f = 0; form && f < form->nfield; f++) {
		if (parse->index->order[f] >= 0 && fits_field(&form->fields[f], letter->value))
			return true;
	}
	return false;
}

/* "#l,9#" alone between its separators: kilograms. */
static bool fits_alone(const struct parse *parse, const struct letter *letter, size_t count)
{
	return letter->fraction && letter->value >= 0.5 && parse_crosses(parse, letter->at) &&
		(letter->end == count || parse_crosses(parse, letter->end));
}

/* A letter of its own that is a key of the form, as O in POS, stays that. */
static bool is_key(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return token->length == 1 && key_field(parse, token->text, 1);
}

bool digits_spell(struct parse *parse, char *text, size_t count)
{
	const struct form_index *known = parse->index;
	struct keyword keyword = {0};
	bool changed = false;

	if (!parse_step(parse, count))
		return false;
	parse->first = 0;
	parse->last = count;
	for (size_t i = 0; i < count && !known && !keyword.end; i++)
		keyword = keyword_at(parse, i);
	if (keyword.end)
		parse->index = keyword.index;
	for (size_t i = 0; i < count; i++) {
		struct letter letter;
		const char *unit;

		if (!letter_at(parse, i, count, &letter) || is_key(parse, i))
			continue;
		unit = unit_behind(parse, &letter, count);
		if (unit ? !fits_unit(&letter, unit)
			 : !fits_date(parse, &letter, count) &&
				!fits_form(parse, &letter, count) &&
				!fits_alone(parse, &letter, count))
			continue;
		text[parse->tokens[i].start + parse->tokens[i].length - 1] = letter.digit;
		changed = true;
	}
	parse->index = known;
	return changed;
}

/* Nothing but blanks, explicit separators and dashes: neighbours in a row of counts. */
static bool row_gap(const char *text, size_t from, size_t to)
{
	while (from < to && strchr(" \n#*;,-", text[from]))
		from++;
	return from == to;
}

/* A count by its position: behind no key, no day in front of its month, no part of a date. */
static bool row_number(const struct parse *parse, const struct keyword *keyword, const char *text,
	size_t at, size_t count)
{
	const struct token *token = &parse->tokens[at];
	size_t end = at + 1 < count ? token[1].start : strlen(text);

	return token->digits && token->length <= 3 && row_gap(text, token[-1].end, token->start) &&
		(row_gap(text, token->end, end) || at + 1 == count) &&
		(at == keyword->end || token[-1].digits ||
			!token_is_key(&token[-1], 1, keyword->index->key_class)) &&
		!(at + 1 < count && token_is(token + 1, parse_class(parse, CLASS_MONTH)));
}

static bool stands_apart(char c)
{
	return c == '\0' || strchr(" \n#*;", c) != NULL;
}

/* How many counts a row has: those that are required, or (all) every one that has a place. */
static size_t row_length(const struct form *form, bool all)
{
	size_t length = 0;

	for (size_t i = 0; i < form->norder; i++) {
		const struct form_field *field = form_field(form, form->order[i]);

		length += field->type == FIELD_COUNT && (all || form_requires(form, field->name));
	}
	return length;
}

/* The dashes that stand alone behind the keyword, and whether they part nothing: two counts stand
 * beside each other without one, or they fill what explicit separators part. */
struct dashes {
	size_t at[COUNTS_MOST], count;
	bool hold;
};

static void dashes_find(const char *text, size_t from, struct dashes *out)
{
	for (size_t i = from; text[i]; i++) {
		if (text[i] != '-' || !stands_apart(text[i - 1]) || !stands_apart(text[i + 1]))
			continue;
		if (out->count == COUNTS_MOST) {
			out->hold = false;
			return;
		}
		out->at[out->count++] = i;
		out->hold |= text[i - 1] == '#' || text[i - 1] == '*';
	}
}

bool dashes_count(struct parse *parse, char *text, size_t count)
{
	struct dashes dashes = {0};
	struct keyword keyword = {0};
	size_t numbers = 0;

	if (!strchr(text, '-') || !parse_step(parse, count))
		return false;
	parse->first = 0;
	parse->last = count;
	for (size_t i = 0; i < count && !keyword.end; i++)
		keyword = keyword_at(parse, i);
	if (!keyword.end || keyword.index->posyandu < 0)
		return false;
	dashes_find(text, parse->tokens[keyword.end - 1].end, &dashes);
	for (size_t i = keyword.end; i < count && dashes.count; i++) {
		const struct token *token = &parse->tokens[i];

		if (!row_number(parse, &keyword, text, i, count))
			continue;
		numbers++;
		dashes.hold |= token[-1].digits && !memchr(text + token[-1].end, '-',
			(size_t)(token->start - token[-1].end));
	}
	if (!dashes.hold || (numbers + dashes.count != row_length(keyword.index->form, false) &&
		numbers + dashes.count != row_length(keyword.index->form, true)))
		return false;
	for (size_t i = 0; i < dashes.count; i++)
		text[dashes.at[i]] = '0';
	return dashes.count > 0;
}
