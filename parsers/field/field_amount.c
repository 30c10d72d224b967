/* Numbers with decimals in the unit of their field: 8,4 kg, 8400 gr, 84 ons; 23,5 cm; 11,2. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "parsers/field/field.h"

#define PLACES_MOST 3

static const struct {
	const char *own, *told;
	double factor;
} units[] = {{"KG", "KG", 1}, {"KG", "GRAM", 0.001}, {"KG", "ONS", 0.1}, {"CM", "CM", 1}};

/* What a told unit makes of a number; 0: it is no unit of this field. */
static double factor_of(const struct form_field *field, const char *unit)
{
	for (size_t i = 0; field->unit && i < COUNT_OF(units); i++) {
		if (same_name(units[i].own, field->unit) && same_name(units[i].told, unit))
			return units[i].factor;
	}
	return 0;
}

static bool within(const struct form_field *field, double value)
{
	return field->max <= 0 || (value >= field->min && value <= field->max);
}

/* Grams are written without their unit where kilograms could not be meant. */
static double bare_value(const struct form_field *field, double value, int places)
{
	bool grams = field->unit && same_name(field->unit, "KG") && places == 0 &&
		!within(field, value) && within(field, value / 1000) && value >= 500;

	return grams ? value / 1000 : value;
}

static void amount_add(struct parse *parse, int f, size_t key, size_t at, size_t end,
	double value, bool unit, bool fraction)
{
	const struct form_field *field = &parse->index->form->fields[f];
	bool strong = keyed(key, at) || unit;
	struct candidate *c;

	if (within(field, value))
		c = candidate_add(parse, key, end, f,
			(strong ? keyed_worth(key, at, end, WORTH_UNIT)
				: WORTH_NUMBER + usual_worth(field, value)) +
				(fraction ? 3 * WORTH_TOKEN : 0),
			decimal_text(parse->arena, value),
			keyed(key, at) ? "after its key"
				: unit ? "by its unit"
				       : "a number in range");
	else
		c = candidate_wrong(parse, key, end, f,
			strong ? keyed_worth(key, at, end, WORTH_UNIT) - 6
			       : WORTH_WRONG + nearly(field, value),
			PROBLEM_RANGE, "out of range");
	c->kind = keyed(key, at) ? KIND_KEYED : unit ? KIND_TYPED : KIND_BARE;
	if (strong || whole_field(parse, key, end))
		c->flags |= FLAG_SURE;
}

/* Commas that part values have a space behind them, or other signs do it: "l, 10 bln, panjang 71,5
 * cm", "l|10,7|71,5". */
static bool commas_inside(const struct parse *parse)
{
	for (size_t i = parse->first + 1; i < parse->last; i++) {
		if ((parse->tokens[i].sep == ',' && parse->tokens[i].spaced) ||
			parse->tokens[i].sep == '|')
			return true;
	}
	return false;
}

/* The second half of "45,15 cm" is no 15 cm. */
static bool behind_sign(const struct parse *parse, size_t key, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return !keyed(key, at) && at > parse->first && token->digits && token[-1].digits &&
		!token->spaced && (token->sep == ',' || token->sep == '.') &&
		token->start == token[-1].end + 1 && (!parse->commas || commas_inside(parse));
}

/* "8 kg 4 ons", "8 kilo setengah", "9 kg kurang 1 ons": what stands behind whole kilograms with a
 * unit or a word of its own. */
static double kilos_behind(const struct parse *parse, const char *unit, size_t *end)
{
	struct decimal more = decimal_at(parse, *end, false);
	const char *small = more.end ? unit_at(parse, more.end) : NULL;

	if (!same_name(unit, "KG") ||
		(more.end && (!small || (!same_name(small, "ONS") && !same_name(small, "GRAM")))))
		return 0;
	return weight_behind(parse, *end, end) / 1000;
}

void field_amount(struct parse *parse, int f, size_t key, size_t at)
{
	const struct form_field *field = &parse->index->form->fields[f];

	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)) ||
		behind_sign(parse, key, at) || number_torn(parse, f, key, at))
		return;
	for (int fraction = 0; fraction < 2; fraction++) {
		struct decimal number = decimal_at(parse, at, fraction != 0);
		const char *unit = number.end ? unit_at(parse, number.end) : NULL;
		double factor = unit ? factor_of(field, unit) : 0, value;
		size_t end;

		if (!number.end || number.places > PLACES_MOST ||
			(unit && factor == 0 && !keyed(key, at)) ||
			(!unit && !keyed(key, at) && parse->index->order[f] < 0))
			continue;
		if (factor == 0.001 && number.places == PLACES_MOST)
			factor = 1; /* 8.400 gr */
		value = factor > 0 ? number.value * factor
				   : bare_value(field, number.value, number.places);
		end = number.end + (factor > 0);
		if (factor > 0 && number.places == 0 && end < parse->last)
			value += kilos_behind(parse, unit, &end);
		amount_add(parse, f, key, at, end, value, factor > 0, fraction != 0);
	}
}
