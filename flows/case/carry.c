/* Values carried on from report to report: see carry.h. */
#include "flows/case/carry.h"

#include <stdlib.h>
#include <string.h>

#include "flows/case/case_find.h"
#include "flows/case/known.h"
#include "flows/rules/scope.h"
#include "flows/same/same_pair.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

#define EARLIER_MOST 24 /* reports of one name that are looked at, the newest first */
#define CASE_REPORTS 6 /* of a case */
#define BORN_NEAR    31 /* days: two dates of birth so near may be one child's */

/* One says otherwise than the other who it is: a choice, or a day far off. */
static bool another(const struct form *form, const struct report *a, const struct report *b)
{
	for (size_t i = 0; i < form->ncarry; i++) {
		const struct form_field *field;
		const char *x, *y;
		struct date first, second;

		if (form->carry[i].to != NULL || !same_differs(a, b, form->carry[i].from))
			continue;
		x = report_text(a, form->carry[i].from);
		y = report_text(b, form->carry[i].from);
		field = form_field(form, form->carry[i].from);
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

	const struct value *told = report_value(&record->report, field);
	const struct form_field *kind = form_field(record->report.form, field);

	if (value == NULL || value->text == NULL)
		return;
	if (told != NULL && carry->to == NULL && kind != NULL && kind->type == FIELD_LIST &&
		told->text != NULL) { /* what she had is not untold by somebody who does not know */
		copy = *told;
		copy.text = list_join(turn->flow->arena, kind, value->text, told->text);
		report_set(&record->report, turn->flow->arena, &copy);
		return;
	}
	if (told != NULL)
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

struct earlier { /* reports of the same one, in no order */
	struct record *list;
	size_t count;
	const struct record *later; /* what is told late may know from it who it is; NULL */
};

static int by_name(const struct turn *turn, const struct record *record, const struct form *form,
	const char *date, int days, struct report_row *rows, size_t *count)
{
	const struct area *desa = record_desa(turn, record);
	char *from = arena_alloc(turn->flow->arena, DATE_TEXT);
	struct report_filter filter = {.form = form->name,
		.match_name = form_who(&record->report),
		.posyandu = form == record->report.form
			? form_text_of(&record->report, FIELD_POSYANDU)
			: NULL,
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
	date_format(date_add_days(day, -days), from);
	return store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, EARLIER_MOST, count);
}

static int earlier_by_name(const struct turn *turn, const struct record *record,
	const struct form *form, const char *date, int days, struct earlier *out)
{
	struct report_row *rows = arena_alloc(turn->flow->arena, EARLIER_MOST * sizeof(*rows));
	size_t count;
	int error = by_name(turn, record, form, date, days, rows, &count);

	*out = (struct earlier){0};
	if (error != OK || count == 0)
		return error;
	out->list = arena_alloc(turn->flow->arena, count * sizeof(*out->list));
	for (size_t i = 0; error == OK && i < count; i++) {
		error = record_of_row(turn, &rows[i], &out->list[out->count]);
		if (error == OK && out->list[out->count].row.training == record->row.training)
			out->count++;
	}
	return error;
}

/* Those of the case that the report will belong to: its row has what is needed of them, but for
 * what is told late. */
static int earlier_of_case(const struct turn *turn, const struct record *record, const char *date,
	struct earlier *out)
{
	struct case_row rows[OPTIONS_MAX];
	int64_t reports[CASE_REPORTS];
	enum case_found found;
	size_t count;
	int error = case_find(turn, record, rows, &count, &found);

	*out = (struct earlier){0};
	if (error != OK || found != CASE_ONE)
		return error;
	if (rows[0].known != NULL) {
		out->list = arena_raw(turn->flow->arena, 2 * sizeof(*out->list));
		out->count = known_read(turn, record->report.form, &rows[0], out->list);
		if (strcmp(date, rows[0].last) >= 0)
			return OK;
		out->later = out->count > 0 ? &out->list[0] : NULL;
		out->count = 0;
	}
	error = store_case_reports(
		turn->flow->store, rows[0].id, date, reports, CASE_REPORTS, &count);
	if (error != OK || count == 0)
		return error;
	out->list = arena_alloc(turn->flow->arena, count * sizeof(*out->list));
	for (size_t i = 0; error == OK && i < count; i++) {
		error = record_load(turn, reports[i], &out->list[out->count]);
		out->count += error == OK;
		if (error == ERR_NOT_FOUND) /* erased, or of a form that is gone */
			error = OK;
	}
	return error;
}

/* The newest, and the newest of a month before; false: two of one name, nobody is taken for the
 * other. */
static bool newest_of(const struct record *record, const struct earlier *earlier, const char *date,
	const struct record **newest, const struct record **before)
{
	const struct form *form = record->report.form;

	*newest = *before = NULL;
	for (size_t i = 0; i < earlier->count; i++) {
		const struct record *other = &earlier->list[i];

		if (another(form, &record->report, &other->report))
			continue;
		if (*newest != NULL && another(form, &(*newest)->report, &other->report))
			return false;
		if (*newest == NULL || strcmp(other->row.date, (*newest)->row.date) > 0)
			*newest = other;
		if (month_before(other, date) &&
			(*before == NULL || strcmp(other->row.date, (*before)->row.date) > 0))
			*before = other;
	}
	return true;
}

static int own_known(const struct turn *turn, struct record *record, const char *date, bool *any)
{
	const struct form *form = record->report.form;
	const struct record *newest, *before;
	struct earlier earlier = {0};
	int error = form->ncarry == 0 ? OK
		: form->cases != NULL && !record->row.training
		? earlier_of_case(turn, record, date, &earlier)
		: earlier_by_name(turn, record, form, date, form->carry_days, &earlier);

	if (error != OK || !newest_of(record, &earlier, date, &newest, &before))
		return error;
	if (earlier.later != NULL && another(form, &record->report, &earlier.later->report))
		earlier.later = NULL;
	for (size_t i = 0; i < form->ncarry; i++) {
		const struct form_carry *carry = &form->carry[i];
		const struct record *known = carry->to != NULL && !carry->newest ? before : newest;

		if (known == NULL && carry->to == NULL)
			known = earlier.later;
		if (known != NULL && carry->newest && strcmp(known->row.date, date) == 0)
			continue; /* of one day it may be what is put right, or takes its place */
		if (known != NULL)
			take(turn, record, &known->report, carry);
	}
	*any |= newest != NULL || earlier.later != NULL;
	return OK;
}

/* What reports of other forms say of the same person: the day of the birth. */
static int others_known(const struct turn *turn, struct record *record, const char *date, bool *any)
{
	const struct form *form = record->report.form;
	int error = OK;

	for (size_t i = 0; error == OK && i < form->nknown; i++) {
		const struct form_known *known = &form->knowns[i];
		const struct form *other = reader_form(turn->flow->reader, known->form);
		const struct record *newest = NULL;
		struct earlier earlier;

		if (other == NULL)
			continue;
		error = earlier_by_name(turn, record, other, date, known->days, &earlier);
		for (size_t k = 0; error == OK && k < earlier.count; k++) {
			if (newest == NULL ||
				strcmp(earlier.list[k].row.date, newest->row.date) > 0)
				newest = &earlier.list[k];
		}
		for (size_t k = 0; newest != NULL && k < known->ntake; k++)
			take(turn, record, &newest->report, &known->take[k]);
		*any |= newest != NULL;
	}
	return error;
}

/* The answer shows what was carried on: nobody reads there what he may not look up. */
static bool may_know(const struct turn *turn, const struct record *record)
{
	const struct area *desa = record_desa(turn, record);

	return desa == NULL || scope_area(&turn->sender, desa);
}

int carry_known(const struct turn *turn, struct record *record)
{
	const struct form *form = record->report.form;
	const char *date = form->ncarry + form->nknown == 0
		? NULL
		: report_text(&record->report, form->date);
	bool any = false;
	int error;

	if (date == NULL || !only_missing(&record->report) || !may_know(turn, record))
		return OK;
	error = own_known(turn, record, date, &any);
	if (error == OK)
		error = others_known(turn, record, date, &any);
	if (error == OK && any)
		record_judge(turn, record);
	return error;
}
