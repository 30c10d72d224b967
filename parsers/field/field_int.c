/* Whole numbers in the unit of their field: 25 th, 3 hari setelah melahirkan, 1 th 2 bln.
 * And the 16 digits of an identity card. */
#include <math.h>
#include <string.h>

#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/field/none.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/look.h"

#define DAYS_PER_MONTH 30.4375
#define DAY_HOURS      24
#define NIK_DIGITS     16
#define YEAR_DIGITS    4

static bool in_range(const struct form_field *field, double value)
{
	return field->max <= 0 || (value >= field->min && value <= field->max);
}

/* The number in the field's own unit; days are also told as "2 jam", "2 minggu". -1: in neither. */
static double in_own_unit(const struct form_field *field, const char *unit, double value)
{
	if (!unit || !field->unit)
		return -1;
	if (same_name(unit, field->unit))
		return value;
	if (same_name(field->unit, "BULAN"))
		return same_name(unit, "TAHUN") ? value * 12
			: same_name(unit, "MINGGU") ? floor(value * 7 / DAYS_PER_MONTH)
			: same_name(unit, "HARI")   ? floor(value / DAYS_PER_MONTH)
						      : -1;
	if (!same_name(field->unit, "HARI"))
		return -1;
	if (same_name(unit, "JAM"))
		return floor(value / DAY_HOURS);
	if (same_name(unit, "MENIT"))
		return 0;
	if (same_name(unit, "MINGGU"))
		return value * 7;
	return same_name(unit, "BULAN") ? value * 30 : -1;
}

/* Where days and weeks of a field in months stand whole: "14 hr"; f itself when there is none. */
static int in_days(const struct parse *parse, int f, const char *unit)
{
	const struct form *form = parse->index->form;
	const char *finer = form->fields[f].finer;

	return finer && unit && (same_name(unit, "HARI") || same_name(unit, "MINGGU"))
		? (int)(form_field(form, finer) - form->fields) : f;
}

/* "5 orang 2 meninggal": how many of the sick died, in front of the word; false: it says none. */
static bool dead_before_key(struct parse *parse, int f, size_t key, size_t end)
{
	enum dead_side side = dead_side(parse, parse->index, key);
	struct candidate *c = NULL;
	long dead;

	if (side == DEAD_BOTH)
		c = candidate_wrong(parse, key - 1, end + 1, f,
			keyed_worth(key - 1, end, end + 1, 0), PROBLEM_AMBIGUOUS,
			"numbers on both sides of it");
	else if (side == DEAD_BEFORE && number_at(parse, key - 1, &dead) == 1)
		c = candidate_add(parse, key - 1, end, f, keyed_worth(key - 1, end, end, 0),
			number_text(parse->arena, (double)dead), "in front of its key");
	if (c)
		c->kind = KIND_KEYED;
	return c != NULL;
}

/* "hampir meninggal 1", "dulu pernah 1 meninggal", "ayam mati 20": nobody's death. */
static bool counts_nobody(const struct parse *parse, size_t key, size_t at)
{
	return keyed(key, at) && parse->index->form->outbreak &&
		token_is(&parse->tokens[key], parse_class(parse, CLASS_DEATH)) &&
		!none_died(parse, key) && nobody_dies(parse, key);
}

/* "3 hari setelah melahirkan": a number and its unit in front of the key. */
static void number_before_key(struct parse *parse, int f, size_t key, size_t end)
{
	const struct form_field *field = &parse->index->form->fields[f];
	struct candidate *c;
	const char *unit;
	double value;

	if (end < parse->last && parse->tokens[end].digits &&
		dead_side(parse, parse->index, key) == DEAD_BEHIND)
		return; /* "5 orang meninggal 2": its number is behind */
	if (key < parse->first + 2 || parse->tokens[key].before > BOUND_SOFT ||
		!parse->tokens[key - 2].digits)
		return;
	unit = unit_at(parse, key - 1);
	f = in_days(parse, f, unit);
	field = &parse->index->form->fields[f];
	value = in_own_unit(field, unit, (double)parse->tokens[key - 2].number);
	if (value < 0 || !in_range(field, value))
		return;
	c = candidate_add(parse, key - 2, end, f,
		keyed_worth(key - 2, end, end, 0) + WORTH_UNIT,
		number_text(parse->arena, value), "in front of its key");
	c->kind = KIND_KEYED;
}

/* The days of "2 bln 10 hr" are no age by themselves. */
static bool behind_months(const struct parse *parse, size_t at)
{
	const char *unit = at > parse->first + 1 && !parse_crosses(parse, at)
		? unit_at(parse, at - 1) : NULL;

	return unit && parse->tokens[at - 2].digits &&
		(same_name(unit, "BULAN") || same_name(unit, "TAHUN"));
}

/* "2 bln 10 hr": whole days, where a field takes them. */
static void days_behind(
	struct parse *parse, int f, size_t key, size_t at, size_t end, double months)
{
	struct decimal more = decimal_at(parse, end, false);
	const char *unit = more.end && !parse_crosses(parse, end) ? unit_at(parse, more.end) : NULL;
	int days = in_days(parse, f, unit);

	if (days != f)
		number_add(parse, days, key, at, more.end + 1,
			floor(months * DAYS_PER_MONTH + 0.5) +
				in_own_unit(&parse->index->form->fields[days], unit, more.value),
			true);
}

/* "1 th 3 bln": years and the months behind them. */
static void months_behind(
	struct parse *parse, int f, size_t key, size_t at, size_t end, double months)
{
	struct decimal more = decimal_at(parse, end, false);
	const char *unit = more.end && !parse_crosses(parse, end) ? unit_at(parse, more.end) : NULL;

	if (unit && same_name(unit, "BULAN")) {
		number_add(parse, f, key, at, more.end + 1, months + more.value, true);
		days_behind(parse, f, key, at, more.end + 1, months + more.value);
	} else if (end < parse->last && !parse_crosses(parse, end) && !unit_at(parse, end + 1) &&
		token_is(&parse->tokens[end], parse_class(parse, CLASS_HALF))) {
		number_add(parse, f, key, at, end + 1, months + 6, true); /* "1 th setengah" */
	}
}

/* "1,5 th", "1 1/2 th" of a field in months; false: none. */
static bool part_of_year(struct parse *parse, int f, size_t key, size_t at)
{
	const struct form_field *field = &parse->index->form->fields[f];
	struct decimal mixed, number;
	const char *unit;

	if (!field->unit || !same_name(field->unit, "BULAN"))
		return false;
	mixed = mixed_at(parse, at);
	number = mixed.end ? mixed : fraction_whole(parse, at) ? decimal_at(parse, at, true)
							       : (struct decimal){0};
	unit = number.end ? unit_at(parse, number.end) : NULL;
	if (!unit || !same_name(unit, "TAHUN"))
		return false;
	number_add(parse, f, key, at, number.end + 1, floor(number.value * 12 + 0.01), true);
	return true;
}

/* By its place a week stands right behind the keyword, its year behind it. */
static bool week_elsewhere(const struct parse *parse, int f, size_t key, size_t at)
{
	const struct form_weekly *weekly = parse->index->form->weekly;
	const char *name = parse->index->form->fields[f].name;

	if (!weekly || keyed(key, at))
		return false;
	return same_name(name, weekly->year)
		? at == parse->first || !parse->tokens[at - 1].digits ||
			parse->tokens[at].length != YEAR_DIGITS
		: at != parse->first;
}

/* "diare banyak": told, in no number; where one is told too, that counts. */
static void told_in_words(struct parse *parse, int f, size_t key, size_t at)
{
	size_t end = parse->index->words[f] < 0
		? 0 : phrase_at(parse, at, parse->index->words[f], NULL);

	if (end && !(end < parse->last && parse->tokens[end].digits))
		candidate_wrong(parse, key, end, f, keyed_worth(key, at, end, WORTH_LETTER),
			PROBLEM_AMBIGUOUS, "how many, in no number")->kind = KIND_TYPED;
}

bool unit_of_child(const struct form_field *field, const char *unit)
{
	return unit && field->unit && same_name(field->unit, "TAHUN") &&
		(same_name(unit, "HARI") || same_name(unit, "MINGGU") ||
			same_name(unit, "BULAN")); /* "umur39 jam3": an hour */
}

/* A word for months, also where it could begin another day: "5 bln kmrn". */
static bool months_follow(const struct parse *parse, size_t end)
{
	const char *unit = end < parse->last
		? token_meaning(&parse->tokens[end], parse_class(parse, CLASS_UNIT)) : NULL;

	return unit && same_name(unit, "BULAN");
}

void field_int(struct parse *parse, int f, size_t key, size_t at)
{
	const struct form_field *field = &parse->index->form->fields[f];
	struct decimal number;
	const char *unit;
	double own;
	bool fits;

	if (week_elsewhere(parse, f, key, at) || counts_nobody(parse, key, at))
		return;
	if (keyed(key, at) && parse->index->form->outbreak && dead_before_key(parse, f, key, at))
		return;
	if (keyed(key, at))
		number_before_key(parse, f, key, at);
	if (!value_reachable(parse, key, at) || part_of_year(parse, f, key, at) ||
		number_torn(parse, f, key, at))
		return;
	told_in_words(parse, f, key, at);
	number = decimal_at(parse, at, false);
	if (!number.end || fraction_whole(parse, at))
		return;
	unit = unit_at(parse, number.end);
	if (!unit && keyed(key, at) && field->unit && same_name(field->unit, "HARI") &&
		months_follow(parse, number.end))
		unit = "BULAN"; /* "nifas 2 bulan kemarin" */
	if (in_days(parse, f, unit) != f && behind_months(parse, at))
		return;
	f = in_days(parse, f, unit);
	field = &parse->index->form->fields[f];
	own = in_own_unit(field, unit, number.value);
	fits = own >= 0;
	if (field->unit && same_name(field->unit, "MINGGU") && months_follow(parse, number.end))
		return; /* "hamil 8 bln": nobody counts weeks from that */
	if (unit_of_child(field, unit))
		return; /* "umur 2 hari" */
	if (fits && !same_name(unit, field->unit) && same_name(field->unit, "BULAN"))
		months_behind(parse, f, key, at, number.end + 1, own);
	if (fits && field->finer && !behind_months(parse, at))
		days_behind(parse, f, key, at, number.end + 1, own);
	if (fits)
		number_add(parse, f, key, at, number.end + 1, own, true);
	else if (keyed(key, at) || (parse->index->order[f] >= 0 && !unit &&
		 (!number.words || whole_field(parse, at, number.end) ||
				 (field->unit && same_name(field->unit, "ORANG")))))
		number_add(parse, f, key, at, number.end, number.value, false);
}

static size_t nik_digits(
	const struct parse *parse, size_t at, char digits[NIK_DIGITS + 8], size_t *count)
{
	size_t i = at;

	*count = 0;
	while (i < parse->last && parse->tokens[i].digits &&
		*count + parse->tokens[i].length < NIK_DIGITS + 4) {
		const struct token *token = &parse->tokens[i];

		if (i > at && (token->before > BOUND_SOFT || token->length < 2))
			break;
		memcpy(digits + *count, token->text, token->length);
		*count += token->length;
		i++;
		if (*count == NIK_DIGITS)
			break;
	}
	digits[*count] = '\0';
	return i;
}

void field_nik(struct parse *parse, int f, size_t key, size_t at)
{
	char digits[NIK_DIGITS + 8];
	size_t count, end;
	struct candidate *c = NULL;

	if (!value_reachable(parse, key, at) || !parse->tokens[at].digits)
		return;
	end = nik_digits(parse, at, digits, &count);
	if (count == NIK_DIGITS) {
		c = candidate_add(parse, key, end, f, keyed_worth(key, at, end, WORTH_NIK),
			arena_strdup(parse->arena, digits), "16 digits");
	} else if (keyed(key, at) ||
		(parse->tokens[at].length > 11 && parse->tokens[at].length < 20 &&
			strncmp(parse->tokens[at].text, "08", 2) != 0)) { /* no phone */
		end = keyed(key, at) ? end : at + 1;
		c = candidate_wrong(parse, key, end, f, WORTH_UNIT, PROBLEM_NIK, "not 16 digits");
	}
	if (!c)
		return;
	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
	c->flags |= FLAG_SURE;
}

/* A good value of a type stands in the tokens [first, last). */
static bool told_within(
	const struct parse *parse, enum field_type type, size_t first, size_t last)
{
	for_candidates(parse, c) {
		if (c->type == type && c->problem < 0 &&
			c->first >= first && c->last <= last)
			return true;
	}
	return false;
}

/* A word of what each child has of its own, "P 30", stands right in front. */
static bool behind_child(const struct parse *parse, size_t at)
{
	for_candidates(parse, c) {
		if (c->type == FIELD_CHOICE &&
			parse->index->repeat[c->field] >= 0 && c->last == at)
			return true;
	}
	return false;
}

/* "P 30": in the place of a weight that is told nowhere a number is no age, and no unusual length:
 * it is a weight that cannot be. */
static bool in_weights_place(const struct parse *parse, const struct candidate *c)
{
	const struct form_field *field = &parse->index->form->fields[c->field];
	bool age = form_role_is(parse->index->form->age, field->name) && field->type == FIELD_INT;

	return c->kind == KIND_BARE &&
		(age || (field->type == FIELD_LENGTH && c->worth < WORTH_NUMBER)) &&
		behind_child(parse, c->first) &&
		!told_within(parse, FIELD_WEIGHT, parse->first, parse->last);
}

/* "3000 49 33": by its place no mother's age behind what was measured of the child. */
static bool behind_measures(const struct parse *parse, const struct candidate *c)
{
	return c->kind == KIND_BARE && c->problem < 0 &&
		form_role_is(parse->index->form->age, parse->index->form->fields[c->field].name) &&
		told_within(parse, FIELD_WEIGHT, parse->first, c->first) &&
		told_within(parse, FIELD_LENGTH, parse->first, c->first);
}

void ages_place(struct parse *parse)
{
	size_t kept = 0;

	if (parse->strong || parse->index->form->nrepeat == 0)
		return;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		struct candidate c = parse->candidates[i];

		if (in_weights_place(parse, &c))
			continue;
		if (behind_measures(parse, &c)) {
			c.value.or_null = NULL;
			c.problem = PROBLEM_AMBIGUOUS;
		}
		candidate_keep(parse, &kept, &c);
	}
	parse->ncandidate = kept;
}
