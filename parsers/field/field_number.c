/* Numbers: whole ones, lengths; what they share with counts and weights. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/parse/keyword.h"
#include "parsers/field/hedge.h"
#include "parsers/number/number.h"

#define NUMBER_TOKENS 6
#define FRACTION_DIGITS 3

static const char *worth_of_word(const void *data, const char *word, size_t length)
{
	const struct parse *parse = data;
	int class_id = parse_class(parse, CLASS_NUMBER);

	for (const struct lexicon_entry *e = lexicon_find(parse->reader->lexicon, word, length); e;
		e = e->next) {
		if (e->class_id == class_id)
			return e->canonical;
	}
	return NULL;
}

/* Whether a word may begin or go on a number: a number word, or one that could be made of several.
 */
static bool may_be_number(const struct parse *parse, size_t i)
{
	const struct token *token = &parse->tokens[i];

	return token->digits || token_is(token, parse_class(parse, CLASS_NUMBER)) ||
		(!token->words && token->length >= 5);
}

/* Digits go on a number of words when another word follows, or as its hundreds: 3 ribu 2 ratus, 3
 * ribu 200. */
static bool joins_number(const struct parse *parse, size_t i)
{
	const struct token *token = &parse->tokens[i];

	if (token->before != BOUND_NONE && token->sep != ' ')
		return false;
	if (!token->digits || token->before == BOUND_NONE || token->length == 3)
		return may_be_number(parse, i);
	if (parse->strong && token->length < 3 &&
		(i + 1 == parse->last || parse_crosses(parse, i + 1)))
		return true; /* "#3 ribu 50#" */
	return i + 1 < parse->last && token_is(token + 1, parse_class(parse, CLASS_NUMBER));
}

static size_t words_at(const struct parse *parse, size_t at, long *value)
{
	char text[NUMBER_TOKENS * TOKEN_TEXT];
	size_t last = at + 1, length, used;

	while (last < parse->last && last < at + NUMBER_TOKENS && joins_number(parse, last))
		last++;
	if (!tokens_phrase(parse->tokens, at, last, text, sizeof(text), &length))
		return 0;
	used = number_read(text, worth_of_word, parse, value);
	while (used && last > at) {
		size_t end;

		if (!tokens_phrase(parse->tokens, at, last, text, sizeof(text), &end))
			return 0;
		if (end <= used)
			return last - at;
		last--;
	}
	return 0;
}

/* No choice that has a place in the form is spelt so: "l" is nobody's sex in a form of counts. */
static bool means_nothing(const struct parse *parse, const struct token *token)
{
	const struct form_index *index = parse->index;

	if (!index)
		return false;
	for (size_t f = 0; f < index->form->nfield; f++) {
		if (index->order[f] < 0)
			continue;
		if (choice_spelt(&index->form->fields[f], token) ||
			(index->words[f] >= 0 && token_is(token, index->words[f])))
			return false;
	}
	return true;
}

/* A number that has a place in the form may be that. */
static bool fits_some(const struct parse *parse, long value)
{
	const struct form_index *index = parse->index;

	for (size_t f = 0; f < index->form->nfield; f++) {
		const struct form_field *field = &index->form->fields[f];

		if (index->order[f] >= 0 &&
			(field->type == FIELD_INT || field->type == FIELD_LENGTH) &&
			(double)value >= field->min && (double)value <= field->max)
			return true;
	}
	return false;
}

/* A key of the form stands right in front. */
static bool behind_key(const struct parse *parse, size_t at)
{
	return at > parse->first && !parse_crosses(parse, at) && !parse->tokens[at - 1].digits &&
		token_is_key(&parse->tokens[at - 1], 1, parse->index->key_class);
}

/* "2l th", "d3l", "#2l#", "umur 2l", in a row of counts "4l 40": an l behind a digit where only a
 * number can be. */
static bool one_behind(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at], *next = token + 1;

	if (at + 1 >= parse->last || token->length > 2 || next->before != BOUND_NONE ||
		(!same_name(next->text, "l") && !same_name(next->text, "i")))
		return false;
	if (means_nothing(parse, next))
		return true;
	return token->length == 1 && (whole_field(parse, at, at + 2) || behind_key(parse, at) ||
		(!fits_some(parse, token->number) && fits_some(parse, token->number * 10 + 1)) ||
		(at > parse->first && token->before == BOUND_NONE && !token[-1].digits) ||
		(at + 2 < parse->last && unit_at(parse, at + 2)));
}

static size_t number_look(const struct parse *parse, size_t at, long *value)
{
	const struct token *token = &parse->tokens[at], *next = token + 1;

	if (!token->digits)
		return may_be_number(parse, at) ? words_at(parse, at, value) : 0;
	if (token->number >= 0 && at + 1 < parse->last && !next->digits &&
	    token_is(next, parse_class(parse, CLASS_NUMBER)) && !parse_crosses(parse, at + 1))
		return words_at(parse, at, value);
	*value = token->number;
	if (token->number >= 0 && one_behind(parse, at)) {
		*value = *value * 10 + 1;
		return 2;
	}
	return token->number >= 0;
}

/* "28s0": digits on both sides of letters that mean nothing; how many tokens, 0: none. */
static size_t digits_torn(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at], *letters = token + 1;

	return token->digits && at + 2 < parse->last && letters->before == BOUND_NONE &&
		!letters->digits && letters[1].digits && letters[1].before == BOUND_NONE &&
		!token_means(parse, at + 1) && !one_behind(parse, at) ? 3 : 0;
}

/* "tiga satu": number words that are no number together; how many tokens. */
static size_t words_torn(const struct parse *parse, size_t at)
{
	const struct token_begun *begun = &parse->tokens[at].begun;
	size_t next = at + begun->said;

	return begun->said == 1 && begun->number > 0 && begun->number < 10 && next < parse->last &&
		!parse->tokens[at].digits && !parse->tokens[next].digits &&
		parse->tokens[next].sep == ' ' ? parse->tokens[next].begun.said : 0;
}

void numbers_find(struct parse *parse)
{
	for (size_t i = parse->first; i < parse->last; i++) {
		struct token_begun *begun = &parse->tokens[i].begun;

		begun->said = (unsigned char)number_look(parse, i, &begun->number);
		begun->torn = 0;
	}
	for (size_t i = parse->first; i < parse->last; i++) {
		size_t torn = digits_torn(parse, i);

		if (torn)
			parse->tokens[i].begun.said = parse->tokens[i + 2].begun.said = 0;
		else if (parse->tokens[i].begun.said)
			torn = words_torn(parse, i) ? 1 + words_torn(parse, i) : 0;
		parse->tokens[i].begun.torn = (unsigned char)torn;
	}
}

/* Digits, one sign, digits: nothing else between them. */
static bool fraction_follows(const struct parse *parse, size_t at)
{
	const struct token *a = &parse->tokens[at], *b = a + 1;

	return at + 1 < parse->last && a->digits && b->digits && (b->sep == '.' || b->sep == ',') &&
		!b->spaced && b->start == a->end + 1;
}

bool fraction_whole(const struct parse *parse, size_t at)
{
	const struct token *sign = &parse->tokens[at + 1], *behind = sign + 1;
	bool last = at + 2 >= parse->last;

	if (!fraction_follows(parse, at) || sign->length > 3 ||
		(sign->sep == ',' && (parse->commas || sign->length > 1)) ||
		(at > parse->first && sign[-1].digits && sign[-1].before == BOUND_SOFT &&
			sign[-2].digits && sign[-1].sep == sign->sep) ||
		(sign->sep == ',' &&
			phrase_at(parse, at + 3, parse_class(parse, CLASS_AGO), NULL)))
		return false; /* two: "38,7 hr yg lalu" */
	return last || behind->before == BOUND_STRONG || behind->sep == ',' ||
		unit_at(parse, at + 2) ||
		(behind->spaced && !token_is(behind, parse_class(parse, CLASS_MONTH)));
}

/* "41 40 33 21 bulan juli", "… 21 bln 7": behind a row of counts the key of its month. */
static bool names_month(const struct parse *parse, size_t at)
{
	const struct token *key = &parse->tokens[at], *month = key + 1;

	if (!parse->index || parse->index->posyandu < 0 || at + 1 >= parse->last ||
		month->before > BOUND_SOFT ||
		!token_is_key(key, 1, parse->index->key_class))
		return false;
	return token_is(month, parse_class(parse, CLASS_MONTH)) ||
		(month->number >= 1 && month->number <= 12 && at > parse->first + 1 &&
			key[-1].spaced && key[-1].digits && key[-2].digits &&
			!unit_at(parse, at + 2));
}

/* "mati 1 bulan juli", "kematian ibu 1 bulan juli": so many in a month, and no age. */
static bool counted_in_month(const struct parse *parse, size_t at)
{
	if (at < 2 || !parse->tokens[at - 1].digits || parse->tokens[at + 1].before > BOUND_SOFT ||
		!token_is(&parse->tokens[at + 1], parse_class(parse, CLASS_MONTH)))
		return false;
	for (size_t i = at - 1; i > 0 && i + 2 >= at - 1;) {
		struct keyword keyword = keyword_at(parse, --i);

		if (token_may_mean(&parse->tokens[i], parse_class(parse, CLASS_DEATH)) ||
			(keyword.end && keyword.index->story_class >= 0))
			return true;
	}
	return false;
}

bool key_before(const struct parse *parse, size_t at, enum field_type type)
{
	const struct lexicon_entry *e = parse->index && at > parse->first &&
			parse->tokens[at].before <= BOUND_SOFT ? parse->tokens[at - 1].keys : NULL;

	while (e && !(e->words == 1 && e->class_id == parse->index->key_class &&
			parse->index->form->fields[e->number].type == type))
		e = e->next;
	return e != NULL;
}

/* "31 hari ini", "32 minggu lalu", "28 hari minggu": an age, and a day behind it; "umur 2 bln kmrn"
 * is no age of last month. */
static bool tells_day(const struct parse *parse, size_t at)
{
	int day = parse_class(parse, CLASS_DAY);

	if (phrase_at(parse, at, day, NULL) > at + 1 || names_month(parse, at))
		return true;
	if (parse->tokens[at].before == BOUND_NONE || at + 1 >= parse->last ||
		parse_crosses(parse, at + 1))
		return false;
	if (token_may_mean(&parse->tokens[at + 1], parse_class(parse, CLASS_MONTH)) &&
		counted_in_month(parse, at))
		return true;
	if (token_is(&parse->tokens[at], parse_class(parse, CLASS_DAY_WORD)))
		return token_is(&parse->tokens[at + 1], parse_class(parse, CLASS_WEEKDAY)) &&
			token_is(&parse->tokens[at + 1], parse_class(parse, CLASS_UNIT));
	return phrase_at(parse, at, parse_class(parse, CLASS_VAGUE_DAY), NULL) > at + 1 &&
		!(phrase_at(parse, at + 1, day, NULL) && key_before(parse, at - 1, FIELD_AGE)) &&
		phrase_at(parse, at + 1, day, NULL) <= at + 2; /* not "3 minggu kmrn lusa" */
}

const char *unit_told(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	if (token->begun.matched || tells_day(parse, at) || token->before >= BOUND_MEDIUM ||
		token->sep == '_' || token->sep == '-')
		return NULL;
	return token_meaning(token, parse_class(parse, CLASS_UNIT));
}

/* "dua lima" behind the point, digit by digit in words: 25; *used grows by each further one. */
static long digits_said(const struct parse *parse, size_t at, size_t *used, long part, int *places)
{
	long next;

	while (*places < FRACTION_DIGITS && number_at(parse, at + *used, &next) == 1 && next < 10 &&
		!parse->tokens[at + *used].digits && parse->tokens[at + *used].sep == ' ') {
		part = part * 10 + next;
		++*places;
		++*used;
	}
	return part;
}

/* "dua koma delapan", "tiga koma dua lima", "2 koma 85", "dua setengah" */
static struct decimal fraction_told(const struct parse *parse, size_t at)
{
	struct decimal out = {0};
	long whole, part;
	size_t used = number_at(parse, at, &whole), point = at + used, more;

	if (!used || point >= parse->last || parse_crosses(parse, point) ||
		parse->tokens[point].before == BOUND_MEDIUM)
		return out;
	out.words = !parse->tokens[at].digits;
	out.places = 1;
	if (token_is(&parse->tokens[point], parse_class(parse, CLASS_HALF))) {
		out.value = (double)whole + 0.5;
		out.end = point + 1;
		return out;
	}
	more = token_is(&parse->tokens[point], parse_class(parse, CLASS_POINT))
		? number_at(parse, point + 1, &part)
		: 0;
	if (!more || part > 999)
		return out;
	if (parse->tokens[point + 1].digits)
		out.places = parse->tokens[point + 1].length;
	else
		out.places = part > 99 ? 3 : part > 9 ? 2 : 1;
	if (part < 10 && !parse->tokens[point + 1].digits)
		part = digits_said(parse, point + 1, &more, part, &out.places);
	out.value = (double)whole + (double)part / pow(10, (double)out.places);
	out.end = point + 1 + more;
	return out;
}

/* "3 200 gr": thousands apart, when the unit says that they are grams. */
static bool thousands_follow(const struct parse *parse, size_t at)
{
	const struct token *a = &parse->tokens[at], *b = a + 1;
	const char *unit = at + 1 < parse->last ? unit_at(parse, at + 2) : NULL;

	return unit && same_name(unit, "GRAM") && a->digits && a->length == 1 && b->digits &&
		b->length == 3 && b->before == BOUND_SOFT && b->sep == ' ';
}

struct decimal decimal_at(const struct parse *parse, size_t at, bool with_fraction)
{
	struct decimal out = {0};
	long whole;
	size_t used;

	if (with_fraction && at < parse->last && !fraction_follows(parse, at) &&
		!thousands_follow(parse, at))
		return fraction_told(parse, at);
	if (with_fraction && at >= parse->last)
		return out;
	if (with_fraction) {
		const struct token *fraction = &parse->tokens[at + 1];

		if (parse->tokens[at].number < 0 || fraction->number < 0)
			return out;
		out.places = fraction->length;
		out.value = (double)parse->tokens[at].number +
			(double)fraction->number / pow(10, fraction->length);
		out.end = at + 2;
		return out;
	}
	used = number_at(parse, at, &whole);
	if (!used)
		return out;
	out.value = (double)whole;
	out.end = at + used;
	out.words = !parse->tokens[at].digits;
	return out;
}

const char *number_text(struct arena *arena, double value)
{
	char digits[24];
	size_t at = sizeof(digits);
	unsigned long whole = (unsigned long)value, tenths = (unsigned long)(value * 10 + 0.5);
	bool plain = value == (double)whole;

	if (value < 0 || (!plain && fabs(value * 10 - (double)tenths) > 1e-9))
		return arena_printf(arena, "%.1f", value);
	if (!plain) {
		digits[--at] = (char)('0' + tenths % 10);
		digits[--at] = '.';
		whole = tenths / 10;
	}
	do {
		digits[--at] = (char)('0' + whole % 10);
		whole /= 10;
	} while (whole);
	return arena_strndup(arena, digits + at, sizeof(digits) - at);
}

const char *decimal_text(struct arena *arena, double value)
{
	char *text = number_decimals(arena, value, 3), *end = text + strlen(text);

	while (end[-1] == '0')
		*--end = '\0';
	if (end[-1] == '.')
		end[-1] = '\0';
	return text;
}

static bool in_range(const struct form_field *field, double value)
{
	return field->max <= 0 || (value >= field->min && value <= field->max);
}

/* Its canonical text; several fields ask for the same number in a row. */
static const char *value_text(struct parse *parse, double value)
{
	if (!parse->told || parse->told_value != value) {
		parse->told = number_text(parse->arena, value);
		parse->told_value = value;
	}
	return parse->told;
}

/* One digit too many or too few: more likely meant than a field that it is far from. */
int nearly(const struct form_field *field, double value)
{
	return value <= field->max * 10.0 && value * 10.0 >= field->min;
}

void number_add(
	struct parse *parse, int f, size_t key, size_t at, size_t end, double value, bool unit)
{
	const struct form_field *field = &parse->index->form->fields[f];
	bool strong = keyed(key, at) || unit;
	struct candidate *c;

	if (!in_range(field, value)) {
		c = candidate_wrong(parse, key, end, f,
			strong ? keyed_worth(key, at, end, WORTH_UNIT) - 6
			       : WORTH_WRONG + nearly(field, value),
			PROBLEM_RANGE, "out of range");
	} else {
		c = candidate_add(parse, key, end, f,
			strong ? keyed_worth(key, at, end, WORTH_UNIT + 1)
			       : WORTH_NUMBER + usual_worth(field, value),
			value_text(parse, value),
			keyed(key, at) ? "after its key"
				: unit ? "by its unit"
				       : "a number in range");
	}
	c->kind = keyed(key, at) ? KIND_KEYED : unit ? KIND_TYPED : KIND_BARE;
	if (strong || (field->type != FIELD_COUNT && whole_field(parse, key, end)))
		c->flags |= FLAG_SURE;
}

bool number_torn(struct parse *parse, int f, size_t key, size_t at)
{
	size_t end = at + parse->tokens[at].begun.torn;
	struct candidate *c;

	if (end == at)
		return false;
	if (keyed(key, at) || (parse->index->order[f] >= 0 &&
		parse->index->form->fields[f].type == FIELD_WEIGHT)) {
		end += unit_at(parse, end) != NULL;
		c = candidate_wrong(parse, key, end, f, keyed_worth(key, at, end, WORTH_NUMBER),
			PROBLEM_RANGE, "no number");
		c->kind = keyed(key, at) ? KIND_KEYED : KIND_BARE;
	}
	return true;
}

void field_length(struct parse *parse, int f, size_t key, size_t at)
{
	if (!value_reachable(parse, key, at) || number_torn(parse, f, key, at))
		return;
	for (int fraction = 0; fraction < 2; fraction++) {
		struct decimal number = decimal_at(parse, at, fraction != 0);
		const char *unit = number.end ? unit_at(parse, number.end) : NULL;
		bool cm = unit && same_name(unit, "CM");

		if (!number.end || number.places > 1 || (unit && !cm && !keyed(key, at)))
			continue;
		if (number.words && !cm && !keyed(key, at) && !whole_field(parse, at, number.end))
			continue;
		number_add(parse, f, key, at, number.end + cm, number.value, cm);
		if (fraction && parse->ncandidate)
			parse->candidates[parse->ncandidate - 1].worth += 3 * WORTH_TOKEN;
	}
}
