/* Weights: 3200, 3.2, 3,2 kg, 3.200 gr, 24 ons, 3 kilo 2, tiga ribu dua ratus. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"

#define GRAMS_MIN 500 /* without a unit: grams from here ... */
#define GRAMS_MAX 6000
#define KILOS_MIN 0.5 /* ... and kilograms here, with a decimal */
#define KILOS_MAX 6.0
#define DAYS_MOST 31 /* of a date's numbers */
#define MONTHS_MOST 12
#define LENGTH_LEAST 40 /* so long is a child that is born: no part of its weight */

struct weight {
	double grams;
	size_t end;
	bool unit;
	bool good;
	bool unclear; /* a number behind it may be a part of it */
	double offer; /* what was probably meant, 0: unknown */
};

/* 3 → 3000, 32 → 3200, 320 → 3200: the power of ten that makes a usual weight. */
static double weight_offer(double value)
{
	static const double factors[] = {1, 10, 100, 1000};

	for (size_t i = 0; i < COUNT_OF(factors); i++) {
		if (value * factors[i] >= 1500 && value * factors[i] <= 5000)
			return value * factors[i];
	}
	return 0;
}

struct decimal mixed_at(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	bool whole = at + 2 < parse->last && token[2].sep == '/';
	const struct token *part = whole ? token + 1 : token;
	struct decimal out = {0};

	if (at + (whole ? 2 : 1) >= parse->last || !part->digits || !part[1].digits ||
		part[1].sep != '/' || part[1].spaced ||
		(part[1].number != 2 && part[1].number != 4) ||
		part->number < 1 || part->number >= part[1].number ||
		(whole && (!token->digits || token->number > KILOS_MAX ||
				  parse_crosses(parse, at + 1))))
		return out;
	out.value = (whole ? (double)token->number : 0) +
		(double)part->number / (double)part[1].number;
	out.places = 1;
	out.end = at + (whole ? 3 : 2);
	return out;
}

/* "kurang 2 ons": to be taken away; the end behind it, 0: none. */
static size_t minus_at(const struct parse *parse, size_t at, double *grams)
{
	const char *kind = NULL, *unit;
	size_t end = phrase_at(parse, at, parse_class(parse, CLASS_HEDGE), &kind);
	struct decimal less;

	if (!end || !same_name(kind, "kurang") || parse_crosses(parse, at))
		return 0;
	less = decimal_at(parse, end, false);
	unit = less.end && !parse_crosses(parse, end) ? unit_at(parse, less.end) : NULL;
	if (!unit || (!same_name(unit, "ONS") && !same_name(unit, "GRAM")))
		return 0;
	*grams = less.value * (same_name(unit, "ONS") ? 100 : 1);
	return *grams < 1000 ? less.end + 1 : 0;
}

/* Half a kilo, ons or grams behind the kilos: "3 kilo 2", "2 kilo 8 ons", "3 kg 200 gr", "3 kilo
 * setengah". */
static struct weight kilos_rest(const struct parse *parse, struct weight kilos)
{
	size_t at = kilos.end, end;
	struct decimal more;
	const char *unit, *part = NULL;
	double less;

	if (at >= parse->last || parse_crosses(parse, at) ||
		parse->tokens[at].before == BOUND_MEDIUM)
		return kilos;
	end = phrase_at(parse, at, parse_class(parse, CLASS_FRACTION), &part);
	if (end) {
		kilos.grams += atof(part) * 1000;
		kilos.end = end;
		return kilos;
	}
	end = minus_at(parse, at, &less);
	if (end) {
		kilos.grams -= less;
		kilos.end = end;
		return kilos;
	}
	more = decimal_at(parse, at, false);
	if (!more.end)
		return kilos;
	unit = unit_at(parse, more.end);
	if (unit && same_name(unit, "ONS") && more.value < 10)
		kilos.grams += more.value * 100;
	else if (unit && same_name(unit, "GRAM") && more.value < 1000)
		kilos.grams += more.value;
	else if (!unit && more.value > 0 && more.value < 10)
		kilos.grams += more.value * 100;
	else if (!unit && more.value >= 100 && more.value < 1000)
		kilos.grams += more.value;
	else if (!unit && !more.words && more.value >= 10 && more.value < LENGTH_LEAST)
		kilos.unclear = true; /* "3 kg 25": 3,25 kg, or a number of its own */
	else
		return kilos;
	kilos.end = more.end + (unit != NULL);
	return kilos;
}

double weight_behind(const struct parse *parse, size_t at, size_t *end)
{
	struct weight rest = kilos_rest(parse, (struct weight){.end = at});

	*end = rest.unclear ? at : rest.end;
	return rest.grams;
}

static struct weight with_unit(const struct parse *parse, struct decimal number, const char *unit)
{
	struct weight out = {.end = number.end + 1, .unit = true};

	if (same_name(unit, "KG")) {
		out.grams = number.value * 1000;
		if (number.places == 0)
			out = kilos_rest(parse, out);
	} else if (same_name(unit, "ONS")) {
		out.grams = number.value * 100;
	} else {
		out.grams = number.places == 3 ? number.value * 1000 : number.value;
	}
	return out;
}

/* "3.20.0": a third number by a dot, and the three are neither a day nor part of a row. */
static bool dotted_on(const struct parse *parse, size_t at, size_t end)
{
	const struct token *last = &parse->tokens[end];

	return end == at + 2 && end < parse->last && last->digits && last->sep == '.' &&
		!last->spaced && last[-1].sep == '.' && last->length <= 2 &&
		parse->tokens[at].length == 1 && last[-1].number > MONTHS_MOST &&
		!(at > parse->first && last[-3].digits && last[-2].sep == '.') &&
		!(end + 1 < parse->last && last[1].digits && last[1].sep == '.');
}

static struct weight weight_at(const struct parse *parse, size_t at, bool fraction, bool after_key)
{
	struct decimal number = fraction ? mixed_at(parse, at) : (struct decimal){0};
	bool mixed = number.end > 0;
	struct weight out = {0};
	const char *unit;

	if (!mixed)
		number = decimal_at(parse, at, fraction);

	if (!number.end || number.places > 3 || (mixed && !unit_at(parse, number.end)) ||
		(fraction && parse->tokens[at].digits && parse->tokens[at].length > 1 &&
	    parse->tokens[at].text[0] == '0'))
		return out; /* 04.30 is an hour */
	if (fraction && !mixed && dotted_on(parse, at, number.end))
		return (struct weight){.end = number.end + 1, .unclear = true};
	unit = unit_at(parse, number.end);
	if (unit && !same_name(unit, "KG") && !same_name(unit, "GRAM") &&
		!same_name(unit, "ONS")) {
		if (!after_key && !same_name(unit, "JAM"))
			return out;
		unit = NULL; /* another field's: "berat 2400 jam 4" */
	}
	if (unit) {
		out = with_unit(parse, number, unit);
		out.good = out.grams >= GRAMS_MIN && out.grams <= GRAMS_MAX;
	} else {
		out.end = number.end;
		out.grams = number.places ? number.value * 1000 : number.value;
		out.good = number.places ? number.value >= KILOS_MIN && number.value <= KILOS_MAX :
			number.value >= GRAMS_MIN && number.value <= GRAMS_MAX;
	}
	if (!out.good)
		out.offer = weight_offer(number.value);
	return out;
}

/* 2024 without a unit may be what is left of a date. */
static bool is_year(const struct parse *parse, double grams)
{
	int year = parse->context->now.date.year;

	return grams == year || grams == year - 1;
}

/* "14/8/4024", "1208/2024", "3503p167…": a piece of something else. */
static bool piece(const struct parse *parse, size_t at, size_t end)
{
	const struct token *token = &parse->tokens[at], *next = &parse->tokens[end];

	if (at > parse->first + 1 && token->sep == '/' && token[-1].sep == '/' &&
		token[-1].digits && token[-2].digits && token[-1].number <= DAYS_MOST &&
		token[-2].number <= DAYS_MOST)
		return true;
	if (end >= parse->last)
		return false;
	if (next->sep == '/' && !next->spaced && next->digits && next->length == 4 &&
		is_year(parse, (double)next->number))
		return true;
	return next->before == BOUND_NONE && end + 1 < parse->last && next[1].digits &&
		next[1].before == BOUND_NONE && next[1].length > 4;
}

static void weight_add(struct parse *parse, int f, size_t key, size_t at,
	const struct weight *weight, bool fraction)
{
	const struct form_field *field = &parse->index->form->fields[f];
	bool sure = keyed(key, at) || weight->unit;
	struct candidate *c;
	int worth;

	if (weight->unclear) {
		c = candidate_wrong(parse, key, weight->end, f,
			keyed_worth(key, at, weight->end, WORTH_UNIT), PROBLEM_AMBIGUOUS,
			"more digits than one weight has");
		c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
		return;
	}
	if (!sure && !fraction && parse->tokens[at].digits && is_year(parse, weight->grams)) {
		c = candidate_wrong(parse, key, weight->end, f, WORTH_WRONG, PROBLEM_AMBIGUOUS,
			"a weight or a year");
		c->kind = KIND_BARE;
		return;
	}
	if (weight->good && weight->grams >= field->min && weight->grams <= field->max) {
		worth = sure ? keyed_worth(key, at, weight->end, WORTH_UNIT) :
			WORTH_NUMBER + 4 + (fraction ? 3 : 0) + usual_worth(field, weight->grams);
		c = candidate_add(parse, key, weight->end, f, worth,
			number_text(parse->arena, round(weight->grams)),
			keyed(key, at)         ? "after its key"
				: weight->unit ? "by its unit"
					       : "looks like a weight");
	} else {
		worth = sure ? keyed_worth(key, at, weight->end, WORTH_UNIT) - 6
			     : WORTH_WRONG + nearly(field, weight->grams);
		c = candidate_wrong(
			parse, key, weight->end, f, worth, PROBLEM_RANGE, "no possible weight");
		if (field_rare(field, weight->grams)) /* as told: no digit is missing */
			c->offer.or_null = number_text(parse->arena, round(weight->grams));
		else if (weight->offer > 0)
			c->offer.or_null = number_text(parse->arena, weight->offer);
	}
	c->kind = keyed(key, at) ? KIND_KEYED : weight->unit ? KIND_TYPED : KIND_BARE;
	if (sure || whole_field(parse, key, weight->end))
		c->flags |= FLAG_SURE;
}

void field_weight(struct parse *parse, int f, size_t key, size_t at)
{
	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)) ||
		number_torn(parse, f, key, at))
		return;
	for (int fraction = 0; fraction < 2; fraction++) {
		struct weight weight = weight_at(parse, at, fraction != 0, keyed(key, at));
		bool bare = !keyed(key, at) && !weight.unit;

		if (weight.end && !(bare &&
			(parse->index->order[f] < 0 || piece(parse, at, weight.end))))
			weight_add(parse, f, key, at, &weight, fraction != 0);
	}
}
