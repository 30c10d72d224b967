/* The report that there was none in a month: see nihil.h. */
#include "parsers/read/nihil.h"

#include <string.h>

#include "parsers/field/date_parts.h"
#include "parsers/parse/look.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/judge.h"
#include "parsers/read/values.h"

bool form_says_none(const struct form *form)
{
	return form->held || form->weekly;
}

/* "31/7/24", "30/6": the last day of the month that a day in numbers is of; not the future. */
static bool month_of_day(const struct parse *parse, size_t at, struct date *date)
{
	struct date today = parse->context->now.date;
	const struct token *month = &parse->tokens[at + 1];
	struct date_reading day = {.end = 0};

	if (parse->tokens[at].digits && at + 1 < parse->last && month->digits && month->sep &&
		strchr("/-", month->sep) && !month->spaced)
		day = date_at(parse, at, false);
	if (!day.end || (day.problem >= 0 && day.problem != PROBLEM_FUTURE))
		return false;
	if (day.problem == PROBLEM_FUTURE) {
		*date = day.date;
		return true;
	}
	*date = (struct date){day.date.year, day.date.month,
		date_month_days(day.date.year, day.date.month)};
	if (date_compare(*date, today) > 0)
		*date = today;
	return true;
}

/* The month named in a stretch: false when it names none; year 0: there is no such month. */
static bool month_named(const struct parse *parse, size_t first, size_t last, struct date *date)
{
	struct date today = parse->context->now.date;

	*date = today;
	for (size_t i = first; i < last; i++) {
		struct date_reading month = date_month_number(parse, i);
		const char *span;

		if (month_of_day(parse, i, date))
			return true;
		if (!month.end)
			month = date_month_name(parse, i);
		if (month.end == i + 1 && month.end < last && parse->tokens[i + 1].digits &&
			parse->tokens[i + 1].length == 4)
			month.date.year = (int)parse->tokens[i + 1].number; /* no such year */
		if (month.end)
			*date = month.date;
		else if (phrase_at(parse, i, parse_class(parse, CLASS_VAGUE_DAY), &span) &&
			same_name(span, "bulan"))
			*date = date_add_days(today, -today.day);
		else if (phrase_of(parse, i, CLASS_NEXT_MONTH))
			*date = date_add_days(today, date_month_days(today.year, today.month));
		else
			continue;
		return true;
	}
	return false;
}

void nihil_add(
	struct parse *parse, size_t first, size_t last, size_t count, struct reading *out)
{
	struct report *report = &out->reports[out->nreport++];
	struct value nihil = {.field = "nihil", .text = "YA"}, tgl;
	char text[DATE_TEXT];
	struct date date;

	report_begin(report, parse->index->form);
	report->training = out->training;
	out->intent = INTENT_REPORT;
	if (!month_named(parse, first, last, &date))
		(void)month_named(parse, 0, count, &date);
	report_set(report, parse->arena, &nihil);
	if (date.year) {
		date_format(date, text);
		tgl = (struct value){.field = parse->index->form->date, .text = text};
		report_set(report, parse->arena, &tgl);
	}
	judge_defaults(parse->arena, parse->context, report);
	if (!date.year)
		report_problem(report, parse->index->form->date, PROBLEM_INVALID);
	else if (date_compare(date, parse->context->now.date) > 0)
		report_problem(report, parse->index->form->date, PROBLEM_FUTURE);
	else if (date_years_between(date, parse->context->now.date) >= YEARS_BACK)
		report_problem(report, parse->index->form->date, PROBLEM_RANGE);
	if (!report_value(report, parse->index->form->place))
		report_problem(report, parse->index->form->place, PROBLEM_MISSING);
	report->status = report->nproblem ? STATUS_QUESTION : STATUS_ACCEPTED;
	if (report->nproblem && report->problems[0].code == PROBLEM_MISSING)
		report->status = STATUS_INCOMPLETE;
}
