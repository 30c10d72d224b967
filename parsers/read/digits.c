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
#include "parsers/form/digit_run.h"
#include "parsers/parse/keyword.h"

#define DAYS_MOST   31
#define AGE_DIGITS  2 /* behind the letter */
#define AGE_LEAST   10 /* of one that a letter begins */
#define AGE_MOST    99
#define KILOS_MOST  6
#define GRAMS_BEHIND 1000 /* behind kilograms there are fewer */
#define VALUE_MOST  99999
#define RUN_LETTERS 3 /* of a number nothing but letters stands for */

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
	return e ? e->number : -1;
}

/* The same of the form that is read or, where none is known, of the first one that has such a key.
 */
static const struct form_field *key_field(
	const struct parse *parse, const struct lexicon_entry *key)
{
	for (size_t f = 0; key && f < parse->reader->nform; f++) {
		const struct form_index *index = &parse->reader->index[f];
		int field = (parse->index ? parse->index != index : index->form->front_only)
			? -1 : key_of_form(index, key);

		if (field >= 0)
			return &index->form->fields[field];
	}
	return NULL;
}

/* The same of a token without its last letter. */
static const struct form_field *key_but_one(const struct parse *parse, const struct token *token)
{
	return key_field(parse,
		lexicon_find(parse->reader->keys, token->text, token->length - 1u));
}

static bool letter_at(const struct parse *parse, size_t at, size_t count, struct letter *out)
{
	const struct token *token = &parse->tokens[at], *next = token + 1;
	static const int powers[] = {1, 10, 100, 1000, 10000};
	char c = token->digits ? '\0' : token->text[token->length - 1];

	if (at + 1 >= count || (c != 'l' && c != 'i' && c != 'o') || !next->digits ||
		next->length > 4 ||
		next->number < 0)
		return false;
	if (token->length > 1 &&
		(token->words || token->keys ||
			!key_but_one(parse, token)))
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
	if (same_name(unit, "KG"))
		return letter->fraction && letter->value <= KILOS_MOST;
	if (letter->fraction)
		return false;
	if (same_name(unit, "GRAM"))
		return letter->value >= 500 && letter->value <= 6000;
	if (same_name(unit, "CM"))
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
	if (field->type == FIELD_AGE)
		return value >= AGE_LEAST && value <= AGE_MOST;
	return field_is_number(field->type) && value >= field->min &&
		value <= (field->max > 0 ? field->max : VALUE_MOST);
}

/* By the key in front, or by any field that numbers fill by their place. */
static bool fits_form(const struct parse *parse, const struct letter *letter, size_t count)
{
	const struct token *token = &parse->tokens[letter->at];
	const struct form *form = parse->index ? parse->index->form : NULL;
	const struct form_field *field = NULL;

	if (letter->digit != '1' ||
		(letter->end < count && parse->tokens[letter->end].before == BOUND_NONE))
		return false;
	if (token->length > 1)
		field = key_but_one(parse, token);
	else if (letter->at > 0 && !parse_crosses(parse, letter->at) &&
		!keyword_at(parse, letter->at - 1).end) /* "SAKIT l3": the form's own word */
		field = key_field(parse, token[-1].keys);
	if (field && field->type == FIELD_PATTERN)
		return true; /* "td l10/70" */
	if (field)
		return (!letter->fraction || field->type == FIELD_AMOUNT) &&
			fits_field(field, letter->value);
	for (size_t f = 0; form && f < form->nfield && !letter->fraction; f++) {
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

	return token->length == 1 && key_field(parse, token->keys);
}

/* So many tokens are the key of a count of the form that is read. */
static bool count_key_at(const struct parse *parse, size_t at, size_t words)
{
	const struct lexicon_entry *e = parse->index ? token_keys(&parse->tokens[at], words) : NULL;

	while (e && (e->words != words || e->class_id != parse->index->key_class ||
		parse->index->form->fields[e->number].type != FIELD_COUNT))
		e = e->next;
	return e != NULL;
}

static bool key_of_count(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	const struct form_field *field =
		token->digits ? NULL : key_field(parse, token->keys);

	return field && field->type == FIELD_COUNT;
}

/* "gizi buruk O", "bgm O": of one word or more. */
static bool key_of_count_ends(const struct parse *parse, size_t at)
{
	if (key_of_count(parse, at))
		return true;
	for (size_t words = 2; words <= LEXICON_WORDS && words <= at + 1; words++) {
		if (count_key_at(parse, at + 1 - words, words))
			return true;
	}
	return false;
}

static bool unit_is(const struct parse *parse, size_t at, size_t count, bool weight)
{
	const char *unit = at < count && !parse_crosses(parse, at)
		? token_meaning(&parse->tokens[at], parse_class(parse, CLASS_UNIT)) : NULL;

	if (!unit || same_name(unit, "CM"))
		return false;
	return weight == (same_name(unit, "KG") || same_name(unit, "GRAM") ||
		same_name(unit, "ONS"));
}

/* "O:2 T:24", "o empat": behind it a sign, or its count in words. */
static bool key_told_at(const struct parse *parse, size_t at, size_t count)
{
	return at + 1 < count && (parse_signs(parse, at + 1) ||
		(!parse_crosses(parse, at + 1) &&
			token_is(&parse->tokens[at + 1], parse_class(parse, CLASS_NUMBER))));
}

/* A letter alone where only a number can be: "O hr", "3 kilo I", in a row of counts "45 O 38", in
 * front of the key of a count. */
static bool lone_digit(const struct parse *parse, size_t at, size_t count)
{
	const struct token *token = &parse->tokens[at], *prev = token - 1;
	bool key, last = at + 1 >= count, number;

	if (token->length != 1 || !strchr("lio", token->text[0]) || at == 0 ||
		token->before == BOUND_NONE || (!last && token[1].before == BOUND_NONE))
		return false;
	key = is_key(parse, at);
	if (unit_is(parse, at + 1, count, false))
		return !key;
	if (unit_is(parse, at - 1, count, true) &&
		(token->text[0] == 'i' || unit_is(parse, at + 1, count, true)))
		return true;
	if (!parse->index || parse->index->posyandu < 0 || parse->index->form->line_only)
		return false; /* no row of counts */
	number = !last && token[1].digits && !parse_crosses(parse, at + 1) &&
		!count_key_at(parse, at + 1, 2); /* "bgm O 2T 1" */
	if (key)
		return (prev->digits || key_of_count_ends(parse, at - 1)) && !number &&
			!key_told_at(parse, at, count);
	number |= !last && token[1].digits && parse_crosses(parse, at + 1);
	return prev->digits || key_of_count_ends(parse, at - 1)
		? last || number || parse_crosses(parse, at + 1) ||
			key_of_count(parse, at + 1) || count_key_at(parse, at + 1, 2)
		: !last && (number || key_of_count(parse, at + 1)) &&
			(parse_crosses(parse, at) || key_of_count(parse, at + 1) ||
				token->text[0] == 'o' || /* but "cempaka i 41" */
				token_is(prev, parse_class(parse, CLASS_MONTH)));
}

/* "7I" in a row of counts, where no letter is a value: 71. */
static bool glued_one(const struct parse *parse, size_t at, size_t count)
{
	const struct token *token = &parse->tokens[at];

	return at > 0 && parse->index && parse->index->posyandu >= 0 &&
		!parse->index->form->line_only && token->length == 1 &&
		strchr("li", token->text[0]) && token->before == BOUND_NONE &&
		token[-1].digits && token[-1].length < 3 &&
		(at + 1 == count || token[1].before != BOUND_NONE);
}

/* "120/8O": patterns see the text, so that its digits are written there. Where letters are keys,
 * "a5l1", they stay. */
static bool write_digits(const struct parse *parse, char *text, size_t at)
{
	const struct token *token = &parse->tokens[at];
	bool changed = false;

	if (!parse->index || !parse->index->patterns || !token->digits)
		return false;
	for (size_t i = token->start; i < token->end; i++) {
		if (text[i] < '0' || text[i] > '9') {
			text[i] = text[i] == 'o' ? '0' : '1';
			changed = true;
		}
	}
	return changed;
}

/* Where a word or a number begins, and not within one. */
static bool run_written(const struct parse *parse, char *text, size_t at)
{
	const struct token *token = &parse->tokens[at], *key = token - 1;
	bool behind = at > 0 && !parse_crosses(parse, at) && !key->digits;

	if ((!token->digits && token->length > RUN_LETTERS) ||
		(token->before == BOUND_NONE && at > 0) ||
		(parse->index && parse->index->form->front_only)) /* "W2 A l5": letters are codes */
		return false;
	return digit_run_spell(text + token->start,
		behind ? key_field(parse, key->keys) : NULL,
		parse->context->now.date);
}

/* A word of which no letter may be a digit. */
static bool only_letters(const struct token *token)
{
	return !token->digits && token->length > RUN_LETTERS &&
		!strchr("lio", token->text[token->length - 1]);
}

/* "s5lk50": between two counts the 1 of the first, and the key of the second. */
static bool one_and_key(const struct parse *parse, size_t at, size_t count)
{
	const struct token *token = &parse->tokens[at];
	const struct lexicon_entry *e;

	if (token->text[0] != 'l' || token->length != 2 || at < 2 || at + 1 >= count ||
		(parse->index && parse->index->posyandu < 0) || !token[-1].digits ||
		token[-2].length != 1 || !token[1].digits ||
		token->before != BOUND_NONE || token[1].before != BOUND_NONE)
		return false; /* nearly always */
	e = lexicon_find(parse->reader->keys, token->text + 1, 1);
	while (e && (e->class_id == CLASS_KEYWORD ||
			(parse->index && e->class_id != parse->index->key_class)))
		e = e->next;
	return e != NULL;
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
	if (!digit_run_may(text))
		return false;
	for (size_t i = 0; i < count && !known && !keyword.end; i++)
		keyword = keyword_at(parse, i);
	if (keyword.end)
		parse->index = keyword.index;
	for (size_t i = 0; i < count; i++) {
		struct letter letter;
		const char *unit;

		keyword = known ? keyword : keyword_at(parse, i);
		if (keyword.end && !known &&
			!token_is_key(&parse->tokens[i], 1, parse->index->key_class))
			parse->index = keyword.index; /* from here on another report's */
		if (one_and_key(parse, i, count)) {
			text[parse->tokens[i].start] = '1';
			changed = true;
			continue;
		}
		if (only_letters(&parse->tokens[i]))
			continue; /* nearly always */
		changed |= write_digits(parse, text, i) || run_written(parse, text, i);
		if (glued_one(parse, i, count) || lone_digit(parse, i, count)) {
			text[parse->tokens[i].start] = parse->tokens[i].text[0] == 'o' ? '0' : '1';
			changed = true;
			continue;
		}
		if (!letter_at(parse, i, count, &letter) || is_key(parse, i))
			continue;
		unit = unit_behind(parse, &letter, count);
		if (unit ? !fits_unit(&letter, unit) && !(i > 0 && letter.value < GRAMS_BEHIND &&
				unit_is(parse, i - 1, count, true))
			 : !fits_date(parse, &letter, count) &&
				!fits_form(parse, &letter, count) &&
				!fits_alone(parse, &letter, count))
			continue;
		text[parse->tokens[i].start + parse->tokens[i].length - 1] = letter.digit;
		changed = true;
	}
	parse->index = known;
	return refs_spell(text) || changed;
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
	size_t at)
{
	const struct token *token = &parse->tokens[at];

	return token->digits && token->length <= 3 && row_gap(text, token[-1].end, token->start) &&
		(at == keyword->end || token[-1].digits ||
			!token_is_key(&token[-1], 1, keyword->index->key_class)) &&
		(at + 1 >= parse->last ||
			(!token_is(token + 1, parse_class(parse, CLASS_MONTH)) &&
				strchr(" \n#*;,-", text[token->end])));
}

/* A row: its numbers, and the text from the first of them to what stands behind the last. */
struct row {
	size_t first, start, last, end, numbers;
	bool pairs; /* two of them stand beside each other without a dash */
};

static bool row_find(
	const struct parse *parse, const struct keyword *keyword, const char *text, struct row *row)
{
	size_t i = keyword->end, count = parse->last;

	while (i < count && !(row_number(parse, keyword, text, i) &&
		(i + 1 == count || row_number(parse, keyword, text, i + 1))))
		i++;
	*row = (struct row){.first = i, .start = i < count ? parse->tokens[i].start : 0};
	for (; i < count && row_number(parse, keyword, text, i); i++) {
		const struct token *token = &parse->tokens[i];

		row->pairs |= row->numbers && !memchr(text + token[-1].end, '-',
			(size_t)(token->start - token[-1].end));
		row->numbers++;
		row->last = token->end;
	}
	row->end = i < count ? parse->tokens[i].start : strlen(text);
	return row->numbers > 0;
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

/* Writes a 0 for each dash that stands alone in a part of the text; how many they were. */
static size_t dashes_write(char *text, size_t from, size_t to, bool *parted, bool write)
{
	size_t count = 0;

	for (size_t i = from; i < to; i++) {
		if (text[i] != '-' || !stands_apart(text[i - 1]) || !stands_apart(text[i + 1]))
			continue;
		*parted |= text[i - 1] == '#' || text[i - 1] == '*';
		if (write)
			text[i] = '0';
		count++;
	}
	return count;
}

bool dashes_count(struct parse *parse, char *text, size_t count)
{
	struct keyword keyword = {0};
	bool parted = false;
	size_t inside, behind, front, all;
	struct row row;

	if (!strchr(text, '-') || !parse_step(parse, count))
		return false;
	parse->first = 0;
	parse->last = count;
	for (size_t i = 0; i < count && !keyword.end; i++)
		keyword = keyword_at(parse, i);
	if (!keyword.end || keyword.index->posyandu < 0 || keyword.end >= count ||
		!row_find(parse, &keyword, text, &row))
		return false;
	front = dashes_write(text, parse->tokens[keyword.end].start, row.start, &parted, false);
	inside = dashes_write(text, row.start, row.last, &parted, false);
	behind = dashes_write(text, row.last, row.end, &parted, false);
	all = front + inside + behind + row.numbers;
	if (!row.pairs && !parted)
		return false; /* "45 - 45 - 38 - 30" */
	if (all == row_length(keyword.index->form, false) ||
		all == row_length(keyword.index->form, true)) {
		dashes_write(text, parse->tokens[keyword.end].start, row.end, &parted, true);
		return front + inside + behind > 0;
	}
	if (!parted || !parse_digits(parse, keyword.end, row.first))
		front = 0; /* "POS#MELATI#-#45#…": a day that is not told */
	dashes_write(text, front ? parse->tokens[keyword.end].start : row.start,
		parted ? row.end : row.last, &parted, true);
	return front + inside + behind > 0; /* a row that is too long or too short is asked whole */
}
