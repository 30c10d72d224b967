/* Values carried on from report to report: see carry.h. */
#include "flows/record/carry.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/form/form.h"

#define EARLIER_MOST 24 /* reports of one name that are looked at, the newest first */
#define BORN_NEAR    31 /* days: two dates of birth so near may be one child's */

/* One says otherwise than the other who it is: a choice, or a day far off. */
static bool another(const struct form *form, const struct report *a, const struct report *b)
{
	for (size_t i = 0; i < form->ncarry; i++) {
		const struct form_field *field = form_field(form, form->carry[i].from);
		const char *x = report_text(a, form->carry[i].from),
			   *y = report_text(b, form->carry[i].from);
		struct date first, second;

		if (form->carry[i].to != NULL || x == NULL || y == NULL || strcmp(x, y) == 0)
			continue;
		if (field->type == FIELD_CHOICE || (field->type == FIELD_DATE &&
			date_parse(x, &first) && date_parse(y, &second) &&
			abs(date_diff_days(first, second)) > BORN_NEAR))
			return true;
	}
	return false;
}

static void take(const struct turn *turn, struct record *record, const struct report *known,
	const struct form_carry *carry)
{
	const char *field = carry->to == NULL ? carry->from : carry->to;
	const struct value *value = report_value(known, carry->from);
	struct value copy;

	if (value == NULL || report_value(&record->report, field) != NULL)
		return;
	copy = *value;
	copy.field = field;
	copy.defaulted = true;
	report_set(&record->report, turn->flow->arena, &copy);
}

/* Of a month before that of a day. */
static bool month_before(const struct record *other, const char *date)
{
	return other->row.date != NULL && strncmp(other->row.date, date, strlen("2024-08")) < 0;
}

static bool only_missing(const struct report *report)
{
	for (size_t i = 0; i < report->nproblem; i++) {
		if (report->problems[i].code != PROBLEM_MISSING)
			return false;
	}
	return true;
}

static int earlier_find(const struct turn *turn, const struct record *record, const char *date,
	struct report_row *rows, size_t *count)
{
	const struct form *form = record->report.form;
	const struct area *desa = record_desa(turn, record);
	char *from = arena_alloc(turn->flow->arena, DATE_TEXT);
	struct report_filter filter = {.form = form->name,
		.match_name = form_who(&record->report),
		.posyandu = form_text_of(&record->report, FIELD_POSYANDU),
		.area_prefix = desa == NULL ? NULL : desa->code,
		.date_from = from,
		.date_to = date,
		.counted = true,
		.with_training = record->row.training};
	struct date day;

	*count = 0;
	if (filter.match_name == NULL || (filter.posyandu == NULL && desa == NULL) ||
		!date_parse(date, &day))
		return OK;
	date_format(date_add_days(day, -form->carry_days), from);
	return store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, EARLIER_MOST, count);
}

int carry_known(const struct turn *turn, struct record *record)
{
	const struct form *form = record->report.form;
	const char *date =
		form->ncarry == 0 ? NULL : report_text(&record->report, form->date);
	struct report_row *rows;
	struct record *others, *newest = NULL, *before = NULL;
	size_t count;
	int error;

	if (date == NULL || !only_missing(&record->report))
		return OK;
	rows = arena_alloc(turn->flow->arena, EARLIER_MOST * sizeof(*rows));
	error = earlier_find(turn, record, date, rows, &count);
	others = error == OK && count > 0
		? arena_alloc(turn->flow->arena, count * sizeof(*others))
		: NULL;
	for (size_t i = 0; error == OK && i < count; i++) {
		error = record_of_row(turn, &rows[i], &others[i]);
		if (error != OK || others[i].row.training != record->row.training ||
			another(form, &record->report, &others[i].report))
			continue;
		if (newest != NULL && another(form, &newest->report, &others[i].report))
			return OK; /* two of one name: nobody is taken for the other */
		if (newest == NULL || strcmp(others[i].row.date, newest->row.date) > 0)
			newest = &others[i];
		if (month_before(&others[i], date) &&
			(before == NULL || strcmp(others[i].row.date, before->row.date) > 0))
			before = &others[i];
	}
	for (size_t i = 0; error == OK && newest != NULL && i < form->ncarry; i++) {
		const struct record *known = form->carry[i].to == NULL ? newest : before;

		if (known != NULL)
			take(turn, record, &known->report, &form->carry[i]);
	}
	if (error == OK && newest != NULL)
		record_judge(turn, record);
	return error;
}
