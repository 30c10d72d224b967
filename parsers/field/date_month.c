/* Months without a day, by their names and by their numbers: see date_parts.h. */
#include <stdlib.h>
#include <string.h>

#include "parsers/field/date_parts.h"
#include "parsers/field/field.h"
#include "parsers/parse/clause.h"

int date_year_at(const struct parse *parse, size_t at)
{
	const struct token *token;

	if (at >= parse->last || !parse->tokens[at].digits)
		return 0;
	token = &parse->tokens[at];
	if (token->length == 4 && token->number >= 1950 && token->number <= 2100)
		return (int)token->number;
	if (token->length != 2)
		return 0;
	return (int)token->number +
		(token->number > parse->context->now.date.year % 100 + 20 ? 1900 : 2000);
}

static struct date_reading last_day(const struct parse *parse, int year, int month)
{
	struct date_reading out = {.problem = -1, .month = month};
	struct date today = parse->context->now.date, date;

	if (!year)
		year = date_year_of_month(today, month);
	date = (struct date){year, month, date_month_days(year, month)};
	out.year = year;
	out.day = date.day;
	out.date = year == today.year && month == today.month ? today : date;
	if (date_compare(out.date, today) > 0)
		out.problem = PROBLEM_FUTURE;
	else if (date_years_between(out.date, today) >= YEARS_BACK)
		out.problem = PROBLEM_RANGE;
	out.why = "the last day of a month";
	return out;
}

/* A year behind a month: four digits, or two that are this year's or the last one's; 0. A later one
 * is a count. */
static int year_behind(const struct parse *parse, size_t at)
{
	int year = date_joined(parse, at, true) ? date_year_at(parse, at) : 0;

	return year && (parse->tokens[at].length == 4 ||
			(year <= parse->context->now.date.year &&
				year >= parse->context->now.date.year - 1))
		? year
		: 0;
}

struct date_reading date_month_name(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	int month = date_month_named(parse, at), year;

	if (!month || parse->tokens[at].length < 3)
		return out;
	year = year_behind(parse, at + 1);
	out = last_day(parse, year, month);
	out.end = at + 1 + (year != 0);
	out.worth = WORTH_SHORT_DATE + WORTH_TOKEN * (int)(out.end - at);
	return out;
}

struct date_reading date_of_month(const struct parse *parse, size_t at)
{
	return form_by_month(parse->index->form) ? date_month_name(parse, at)
						: (struct date_reading){.problem = -1};
}

/* Whatever the form: "bln 7", but not the 5 of "bayi 6-11 bl 5". */
static bool behind_month(const struct parse *parse, size_t at)
{
	if (at <= parse->first || parse_crosses(parse, at) ||
		!parse->tokens[at].digits || parse->tokens[at].length > 2 ||
		!same_name(date_unit(parse, at - 1), "BULAN"))
		return false;
	return at < parse->first + 3 || !parse->tokens[at - 2].digits ||
		!parse->tokens[at - 3].digits || parse->tokens[at - 2].sep != '-' ||
		parse->tokens[at - 2].spaced;
}

bool date_behind_month(const struct parse *parse, size_t at)
{
	return form_by_month(parse->index->form) && behind_month(parse, at);
}

/* "7/24", "7/2024" by itself: no day has such a month. */
static bool month_and_year(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at], *year = token + 1;

	return at + 1 < parse->last && token->digits && token->length <= 2 && token->number >= 1 &&
		token->number <= 12 && year->digits && year->sep == '/' && !year->spaced &&
		year_behind(parse, at + 1) && !date_in_a_run(parse, at, at + 2);
}

struct date_reading date_month_number(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	long month = parse->tokens[at].number;
	int year;

	if (!behind_month(parse, at) && !month_and_year(parse, at))
		return out;
	if (month < 1 || month > 12)
		return date_broken(at + 1, at);
	year = year_behind(parse, at + 1);
	if (year && parse->tokens[at + 1].length == 2 && parse->tokens[at + 1].sep == ' ')
		year = 0; /* "bln 7 24": perhaps a count */
	out = last_day(parse, year, (int)month);
	out.end = at + 1 + (year != 0);
	out.worth = WORTH_FULL_DATE + WORTH_TOKEN * (int)(out.end - at);
	return out;
}

struct date_reading date_of_month_number(const struct parse *parse, size_t at)
{
	return form_by_month(parse->index->form) ? date_month_number(parse, at)
						: (struct date_reading){.problem = -1};
}

bool date_month_done(const struct parse *parse, size_t at, size_t *from)
{
	const struct form *form = parse->index->form;
	bool number = behind_month(parse, at), word;

	if (!form->self || !form->mother || !form->date_default ||
		(!number && !date_month_named(parse, at)) ||
		(at + 1 < parse->last && parse->tokens[at + 1].digits &&
			!clause_ends_before(&parse->tokens[at + 1])))
		return false; /* "bulan 8 9,2": who knows */
	word = at > parse->first && parse->tokens[at].before <= BOUND_SOFT &&
		same_name(date_unit(parse, at - 1), "BULAN") &&
		!(at > parse->first + 1 && parse->tokens[at - 2].digits);
	*from = at - word;
	return word || (!number && at == parse->first);
}
