/* A date as written, made whole: the year or the month that was left out, and whether it can be. */
#include "parsers/field/date_parts.h"
#include "parsers/field/field.h"

#include <string.h>

#define BARE_DAYS 62 /* of a field that may lie further off a day alone tells no month */

static struct date today(const struct parse *parse)
{
	return parse->context->now.date;
}

static void judge_future(const struct parse *parse, struct date_reading *out)
{
	if (date_compare(out->date, today(parse)) <= 0)
		return;
	out->problem = PROBLEM_FUTURE;
	if (out->day <= 12 && date_valid(out->date.year, out->day, out->month)) {
		struct date swapped = {out->date.year, out->day, out->month};

		if (date_compare(swapped, today(parse)) <= 0)
			out->offer = swapped;
	}
}

/* Without a year: this year's, or last year's when this year's is still to come; soon to come is
 * asked. */
static void guess_year(const struct parse *parse, struct date_reading *out)
{
	int year = today(parse).year;

	if (!date_valid(year, out->month, out->day) && !(out->month == 2 && out->day == 29)) {
		out->problem = PROBLEM_INVALID;
		return;
	}
	while (!date_valid(year, out->month, out->day))
		year--;
	out->date = (struct date){year, out->month, out->day};
	if (date_compare(out->date, today(parse)) <= 0)
		return;
	if (date_diff_days(out->date, today(parse)) <= DATE_SOON_DAYS) {
		judge_future(parse, out);
		return;
	}
	do {
		year--;
	} while (!date_valid(year, out->month, out->day));
	out->date.year = year;
}

/* Only a day: the latest month that has it and is not in the future. */
static void guess_month(const struct parse *parse, struct date_reading *out)
{
	struct date date = {today(parse).year, today(parse).month, out->day};

	if (out->day < 1 || out->day > 31) {
		out->problem = PROBLEM_INVALID;
		return;
	}
	while (!date_valid(date.year, date.month, date.day) ||
		date_compare(date, today(parse)) > 0) {
		date.month = date.month == 1 ? 12 : date.month - 1;
		date.year -= date.month == 12;
	}
	out->date = date;
}

void date_complete(const struct parse *parse, struct date_reading *out)
{
	out->problem = -1;
	if (!out->month) {
		guess_month(parse, out);
	} else if (!out->year) {
		guess_year(parse, out);
	} else if (!date_valid(out->year, out->month, out->day)) {
		out->problem = PROBLEM_INVALID;
		if (out->month > 12 && date_valid(out->year, out->day, out->month) && out->day >= 1)
			out->offer = (struct date){out->year, out->day, out->month};
	} else {
		out->date = (struct date){out->year, out->month, out->day};
		if (date_years_between(out->date, today(parse)) >= YEARS_BACK)
			out->problem = PROBLEM_RANGE;
		judge_future(parse, out);
	}
}

struct date_reading date_in_commas(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	const struct token *token = &parse->tokens[at];
	int year;

	if (!parse->commas || parse->index->form->date_default || at + 2 >= parse->last ||
		!token->digits || !token[1].digits || !token[2].digits || token[1].sep != ',' ||
		token[2].sep != ',' || token[1].length > 2)
		return out;
	year = date_year_at(parse, at + 2);
	if (year != today(parse).year && year != today(parse).year - 1)
		return out;
	out.day = (int)token->number;
	out.month = (int)token[1].number;
	out.year = year;
	out.end = at + 3;
	out.worth = WORTH_DATE + 3 * WORTH_TOKEN;
	out.why = "day, month, year in commas";
	date_complete(parse, &out);
	return out.problem < 0 ? out : (struct date_reading){.problem = -1};
}

static bool in_days(const struct parse *parse, const struct form_field *field, struct date date)
{
	int days = date_diff_days(date, today(parse));

	return days >= field->day_min && days <= field->day_max;
}

/* What is no day of one field may be another's; not where there is only one. */
static bool only_date(const struct form *form)
{
	size_t count = 0;

	for (size_t f = 0; f < form->nfield; f++)
		count += form->fields[f].type == FIELD_DATE;
	return count == 1;
}

bool date_for_field(const struct parse *parse, const struct form_field *field, bool is_keyed,
	struct date_reading *reading)
{
	int year = today(parse).year - 1;

	if (!reading->month && reading->day && reading->problem < 0 &&
		field->day_max - field->day_min > BARE_DAYS) {
		reading->problem = PROBLEM_AMBIGUOUS; /* "HPHT 3": of which month? */
		return is_keyed;
	}
	if (field->day_min == field->day_max || !reading->month || !reading->day)
		return true; /* any day that is past, or none that could be */
	for (; field->day_max > 0 && !reading->year && year <= today(parse).year + 1; year++) {
		struct date date = {year, reading->month, reading->day};

		if (!date_valid(date.year, date.month, date.day) || !in_days(parse, field, date))
			continue;
		reading->date = date;
		reading->problem = -1;
		return true;
	}
	if (reading->problem == PROBLEM_FUTURE && reading->year && field->day_max > 0 &&
		date_valid(reading->year, reading->month, reading->day)) {
		reading->date = (struct date){reading->year, reading->month, reading->day};
		reading->problem = -1;
	}
	if (reading->problem >= 0 || in_days(parse, field, reading->date))
		return is_keyed || reading->problem != PROBLEM_FUTURE || field->day_max >= 0;
	reading->problem = PROBLEM_RANGE;
	return is_keyed || (reading->year && only_date(parse->index->form));
}

int date_bound(const struct parse *parse, int f, size_t key, size_t at)
{
	const struct form_field *field = &parse->index->form->fields[f];

	return keyed(key, at) && field->day_min < field->day_max ? WORTH_DATE : 0;
}

/* "32/13/2026": three numbers with the same sign between, the last a year in full. */
bool date_full_year(const struct parse *parse, size_t at, size_t next)
{
	const struct token *token = &parse->tokens[at];

	return next == at + 3 && token[2].length == 4 && strchr("/-.", token[1].sep) &&
		token[1].sep == token[2].sep && strchr("12", token[2].text[0]);
}
