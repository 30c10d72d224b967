/* The functions of computed fields: one row each. See compute.h. */
#include "parsers/form/compute.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/number/number.h"

#define DAYS_PER_MONTH 30.4375 /* as the WHO has it */

/* What an argument says: a field's number or day, or a number itself. */
static bool arg_number(
	const struct form_compute *compute, size_t i, const struct report *report, double *out)
{
	const char *arg = compute->args[i], *end;
	const char *text = arg;
	struct date date;

	if (arg && (isalpha((unsigned char)arg[0]) || arg[0] == '_'))
		text = report_text_of(report, compute->numbers[i], arg);
	if (!text)
		return false;
	if (date_parse(text, &date)) {
		*out = date_to_days(date);
		return true;
	}
	*out = number_value(text, &end);
	return end != text && *end == '\0';
}

/* from + days - each × less */
static bool days_after(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	double from, days, each = 1, less = 0;

	(void)today;
	if (!arg_number(compute, 0, report, &from) || !arg_number(compute, 1, report, &days) ||
		(compute->args[2] && !arg_number(compute, 2, report, &less)) ||
		(compute->args[3] && !arg_number(compute, 3, report, &each)))
		return false;
	*out = from + days - each * less;
	return true;
}

/* (to - from + plus) in whole parts of so many days */
static bool days_between(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	double from, to, part = 1, plus = 0;

	(void)today;
	if (!arg_number(compute, 0, report, &from) || !arg_number(compute, 1, report, &to) ||
		(compute->args[2] && !arg_number(compute, 2, report, &part)) ||
		(compute->args[3] && !arg_number(compute, 3, report, &plus)))
		return false;
	*out = floor((to - from + plus) / part);
	return true;
}

static bool days_of_months(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	(void)today;
	if (!arg_number(compute, 0, report, out))
		return false;
	*out = floor(*out * DAYS_PER_MONTH + 0.5);
	return true;
}

static bool months_of_days(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	(void)today;
	if (!arg_number(compute, 0, report, out))
		return false;
	*out = floor(*out / DAYS_PER_MONTH);
	return true;
}

static bool plus(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	double add;

	(void)today;
	if (!arg_number(compute, 0, report, out) || !arg_number(compute, 1, report, &add))
		return false;
	*out += add;
	return true;
}

/* The z-score of a value by sex at an age or a length; the weights' indices are restricted. */
static bool who_z(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	const char *sex = report_text(report, compute->args[0]);
	bool plain = compute->args[3] && same_name(compute->args[3], "plain");
	struct growth_row row;
	double value, place;

	(void)today;
	if (!sex || !arg_number(compute, 1, report, &value) ||
		!arg_number(compute, 2, report, &place) || value <= 0 ||
		!growth_at(compute->table, same_name(sex, "P") ? GROWTH_GIRLS : GROWTH_BOYS,
			place, &row))
		return false;
	*out = growth_z(&row, value, !plain);
	return isfinite(*out);
}

/* Points for what holds; never less than `least` says. */
static bool score(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	double least = 0;

	if (!arg_number(compute, 0, report, out))
		return false;
	for (size_t i = 0; i < compute->npoint; i++) {
		const struct form_points *row = &compute->points[i];

		if (condition_holds(&row->when, report, today) &&
			!(row->unless.nterm && condition_holds(&row->unless, report, today)))
			*out += row->points;
	}
	if (compute->args[1] && arg_number(compute, 1, report, &least) && least > *out)
		*out = least;
	return true;
}

/* The n-th of "800|900|800", the last one behind its end; n counts from 1. */
static bool nth(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	const char *at = compute->args[1], *end = at;
	double n;

	(void)today;
	if (!arg_number(compute, 0, report, &n) || n < 1)
		return false;
	for (; *at; at = end + (*end == '|')) {
		*out = number_value(at, &end);
		if (end == at || --n < 1)
			break;
	}
	return end != compute->args[1];
}

/* Calendar months from one day to another: 0 within one. */
static bool months_between(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	struct date from, to;
	const char *a = report_text(report, compute->args[0]);
	const char *b = report_text(report, compute->args[1]);

	(void)today;
	if (!a || !b || !date_parse(a, &from) || !date_parse(b, &to))
		return false;
	*out = (to.year - from.year) * 12 + to.month - from.month;
	return true;
}

/* (value - less) × times */
static bool difference(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	double less, times = 1;

	(void)today;
	if (!arg_number(compute, 0, report, out) || !arg_number(compute, 1, report, &less) ||
		(compute->args[2] && !arg_number(compute, 2, report, &times)))
		return false;
	*out = (*out - less) * times;
	return true;
}

/* How many of the fields "a|b|c" are not known. */
static bool untold(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	(void)today;
	*out = 0;
	for (const char *at = compute->args[0]; at && *at; at += *at == '|') {
		size_t length = strcspn(at, "|");
		bool told = false;

		for (size_t i = 0; i < report->nvalue; i++)
			told |= strncmp(report->values[i].field, at, length) == 0 &&
				!report->values[i].field[length];
		*out += !told;
		at += length;
	}
	return true;
}

/* The last whole week: this one on its last day. */
static bool last_week(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	int year;

	(void)compute;
	(void)report;
	*out = week_of(date_add_days(today, -6), &year);
	return true;
}

/* This year, or the last one when the week is far ahead in this one. */
static bool year_of_week(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	double week;
	int year;

	if (!arg_number(compute, 0, report, &week))
		return false;
	(void)week_of(today, &year);
	*out = year - (date_diff_days(week_first_day(year, (int)week), today) > DATE_SOON_DAYS);
	return true;
}

static bool weeks_of(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	double year;

	(void)today;
	if (!arg_number(compute, 0, report, &year))
		return false;
	*out = weeks_in_year((int)year);
	return true;
}

static bool week_end(const struct form_compute *compute, const struct report *report,
	struct date today, double *out)
{
	double year, week;

	(void)today;
	if (!arg_number(compute, 0, report, &year) || !arg_number(compute, 1, report, &week))
		return false;
	*out = date_to_days(week_first_day((int)year, (int)week)) + 6;
	return true;
}

static const struct compute_function functions[] = {
	{"days_after", {"from", "days", "less?", "each?"}, false, false, false, false, -1,
		days_after},
	{"days_between", {"from", "to", "per?", "plus?"}, false, false, false, false, 0,
		days_between},
	{"days_of_months", {"months"}, false, false, false, false, 0, days_of_months},
	{"months_of_days", {"days"}, false, false, false, false, 0, months_of_days},
	{"months_between", {"from", "to"}, false, false, false, false, 0, months_between},
	{"nth", {"n", "list"}, false, false, false, false, 0, nth},
	{"difference", {"value", "less", "times?"}, false, false, false, false, 3, difference},
	{"plus", {"value", "add"}, false, false, false, false, 2, plus},
	{"who_z", {"sex", "value", "at", "beyond?"}, true, false, false, false, 2, who_z},
	{"untold", {"fields"}, false, false, false, false, 0, untold},
	{"score", {"start", "least?"}, false, true, true, false, 0, score},
	{"last_week", {NULL}, false, false, false, true, 0, last_week},
	{"year_of_week", {"week"}, false, false, false, true, 0, year_of_week},
	{"weeks_of", {"year"}, false, false, false, false, 0, weeks_of},
	{"week_end", {"year", "week"}, false, false, false, false, -1, week_end},
};

const struct compute_function *compute_at(size_t i)
{
	return i < COUNT_OF(functions) ? &functions[i] : NULL;
}

const struct compute_function *compute_by_name(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(functions); i++) {
		if (same_name(functions[i].name, name))
			return &functions[i];
	}
	return NULL;
}

const char *compute_text(struct arena *arena, const struct form_compute *compute,
	const struct report *report, struct date today)
{
	char day[DATE_TEXT];
	double value;

	if (!condition_holds(&compute->when, report, today) ||
		(compute->unless.nterm && condition_holds(&compute->unless, report, today)) ||
		!compute->function->run(compute, report, today, &value))
		return NULL;
	if (compute->function->decimals >= 0)
		return number_decimals(arena, value, compute->function->decimals);
	date_format(date_from_days((int32_t)value), day);
	return arena_strdup(arena, day);
}
