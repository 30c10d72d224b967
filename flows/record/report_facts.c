/* Questions that reading alone cannot ask: which month on the first days of one, S that jumps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/record/report_facts.h"
#include "parsers/form/form.h"
#include "store/report/tally.h"

#define FIRST_DAYS 5

void record_ask(struct record *record, const struct problem *problem)
{
	struct report *report = &record->report;

	if (report->nproblem == REPORT_PROBLEMS)
		return;
	memmove(&report->problems[1], &report->problems[0],
		report->nproblem * sizeof(report->problems[0]));
	report->problems[0] = *problem;
	report->nproblem++;
	report->status = STATUS_QUESTION;
}

/* A session without a date on days 1 to 5, when last month is not reported: which month is meant?
 * Who is weighed is weighed today. */
static int month_fact(struct turn *turn, struct record *record)
{
	const struct form *form = record->report.form;
	const struct value *date =
		form->date == NULL ? NULL : report_value(&record->report, form->date);
	const char *posyandu = form_text_of(&record->report, FIELD_POSYANDU);
	struct date last =
		date_add_days((struct date){turn->now.date.year, turn->now.date.month, 1}, -1);
	struct date first = {last.year, last.month, 1};
	char *from = arena_alloc(turn->flow->arena, DATE_TEXT),
	     *to = arena_alloc(turn->flow->arena, DATE_TEXT);
	struct report_filter filter = {.form = form->name,
		.posyandu = posyandu,
		.date_from = from,
		.date_to = to,
		.counted = true,
		.unnamed = true};
	struct problem problem = {.field = form->date, .code = PROBLEM_AMBIGUOUS, .noption = 2};
	bool any;
	int error;

	if (date == NULL || !date->defaulted || posyandu == NULL || !form_by_month(form) ||
		turn->now.date.day > FIRST_DAYS || record_confirmed(record, form->date))
		return OK;
	date_format(first, from);
	date_format(last, to);
	error = store_report_any(turn->flow->store, turn->flow->arena, &filter, &any);
	if (error != OK || any)
		return error;
	problem.options[0] = (struct option){to, reply_month(&turn->reply, last)};
	problem.options[1] = (struct option){date->text, reply_month(&turn->reply, turn->now.date)};
	record_ask(record, &problem);
	return OK;
}

/* The tally name of a field that is a stock; NULL. */
static const char *stock_of(const struct form *form, const char *field)
{
	for (size_t i = 0; i < form->ncount; i++) {
		if (form->counts[i].stock && form->counts[i].by != NULL &&
			strcmp(form->counts[i].by, field) == 0)
			return form->counts[i].name;
	}
	return NULL;
}

/* A stock that jumps: it more than doubles, or is less than half, since the last month. */
static int jump_fact(struct turn *turn, struct record *record)
{
	const char *field = record->report.form->jumps, *told = report_text(&record->report, field);
	const char *stock = field == NULL ? NULL : stock_of(record->report.form, field);
	const char *posyandu = form_text_of(&record->report, FIELD_POSYANDU);
	const char *date = record->report.form->date == NULL ? NULL
		: report_text(&record->report, record->report.form->date);
	struct problem problem = {.field = field, .code = PROBLEM_AMBIGUOUS, .raw = told};
	struct date day;
	int64_t old;
	long now;
	int error;

	if (told == NULL || stock == NULL || posyandu == NULL || date == NULL ||
		!date_parse(date, &day) || record_confirmed(record, field))
		return OK;
	day.day = 1;
	error = store_stock_last(turn->flow->store, posyandu, stock, day, &old);
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	now = strtol(told, NULL, 10);
	if (old <= 0 || (now <= 2 * old && 2 * now >= old))
		return OK;
	problem.offer = arena_printf(turn->flow->arena, "%lld", (long long)old);
	record_ask(record, &problem);
	return OK;
}

int report_facts(struct turn *turn, struct record *record, bool correcting)
{
	int error = OK;

	if (record->report.status != STATUS_ACCEPTED)
		return OK;
	if (!correcting)
		error = month_fact(turn, record);
	if (error == OK && record->report.status == STATUS_ACCEPTED)
		error = jump_fact(turn, record);
	return error;
}
