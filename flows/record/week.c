/* Reports about weeks: see week.h. */
#include "flows/record/week.h"

#include <stdlib.h>
#include <string.h>

#include "flows/rules/scope.h"
#include "parsers/form/form.h"

#define ROWS_MOST 2000 /* reports of an area and period */
#define WEEK	  7

bool form_is_weekly(const struct form *form)
{
	return form != NULL && form->weekly != NULL;
}

static bool alike(const struct report *a, const struct report *b, const char *field)
{
	const char *x = report_text(a, field), *y = report_text(b, field);

	return x != NULL && y != NULL && strcmp(x, y) == 0;
}

bool week_same(const struct report *a, const struct report *b)
{
	return a->form == b->form && alike(a, b, a->form->date) &&
		alike(a, b, a->form->weekly->unit);
}

bool week_names_unit(const struct form *form, const char *field)
{
	return form->weekly != NULL && field != NULL &&
		(form_role_is(form->weekly->unit, field) ||
			form_role_is(form->weekly->kind, field));
}

bool week_own(const struct turn *turn, const struct record *record)
{
	const char *unit = report_text(&record->report, record->report.form->weekly->unit);
	const struct puskesmas *puskesmas = gazetteer_puskesmas(turn->flow->places, unit);

	if (puskesmas != NULL)
		return turn->sender.role >= ROLE_PUSKESMAS &&
			scope_puskesmas(&turn->sender, puskesmas);
	return scope_verifies(&turn->sender, record_desa(turn, record));
}

struct date week_last_day(struct date today)
{
	return date_add_days(today, -((date_weekday(today) + 1) % WEEK));
}

int64_t week_time(const struct turn *turn, struct date last, int hours)
{
	return moment_utc((struct moment){.date = last}, turn->flow->settings->timezone) +
		(int64_t)hours * 3600;
}

bool week_timely(const struct turn *turn, const struct form *form, const struct week_report *one)
{
	int hours = one->desa ? form->weekly->due_desa : form->weekly->due_puskesmas;

	return one->counted && one->received < week_time(turn, one->last, hours);
}

static struct week_report *slot_of(
	const struct turn *turn, struct week_list *out, const char *unit, struct date last)
{
	struct week_report *one;
	const struct area *desa = gazetteer_area(turn->flow->places, unit);

	for (size_t i = 0; i < out->count; i++) {
		one = &out->list[i];
		if (strcmp(one->unit, unit) == 0 && date_compare(one->last, last) == 0)
			return one;
	}
	one = &out->list[out->count++];
	*one = (struct week_report){.unit = arena_strdup(turn->flow->arena, unit),
		.desa = desa != NULL,
		.last = last,
		.puskesmas = desa != NULL
			? gazetteer_serving(turn->flow->places, desa)
			: gazetteer_puskesmas(turn->flow->places, unit)};
	return one;
}

static bool was_told(const struct record *record)
{
	return record->report.status == STATUS_ACCEPTED ||
		record->report.status == STATUS_VERIFIED ||
		record->report.status == STATUS_SUPERSEDED;
}

static int row_take(const struct turn *turn, const struct form *form, const struct report_row *row,
	struct record *record, struct week_list *out)
{
	struct week_report *one;
	const char *unit;
	struct date last;
	int error = record_of_row(turn, row, record);

	unit = error == OK ? report_text(&record->report, form->weekly->unit) : NULL;
	if (unit == NULL || !was_told(record) || row->date == NULL ||
		!date_parse(row->date, &last))
		return error;
	one = slot_of(turn, out, unit, last);
	if (one->received == 0 || row->received < one->received)
		one->received = row->received;
	if (record->report.status != STATUS_SUPERSEDED) {
		one->counted = true;
		one->report = record->report;
	}
	return OK;
}

int week_load(const struct turn *turn, const struct form *form, const char *area,
	struct period period, struct week_list *out)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter filter = {
		.form = form->name, .area_prefix = area, .date_from = from, .date_to = to};
	struct report_row *rows = arena_alloc(turn->flow->arena, ROWS_MOST * sizeof(*rows));
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));
	struct week_report *list;
	size_t count;
	int error;

	date_format(period.from, from);
	date_format(period.to, to);
	error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, ROWS_MOST, &count);
	if (error != OK || count == 0)
		return error;
	list = arena_alloc(turn->flow->arena, (out->count + count) * sizeof(*list));
	if (out->count > 0)
		memcpy(list, out->list, out->count * sizeof(*list));
	out->list = list;
	for (size_t i = 0; error == OK && i < count; i++)
		error = row_take(turn, form, &rows[i], record, out);
	return error;
}

/* Its puskesmas told of the same week. */
static bool told_above(const struct week_list *list, const struct week_report *desa)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct week_report *one = &list->list[i];

		if (!one->desa && one->counted && one->puskesmas != NULL &&
			one->puskesmas == desa->puskesmas &&
			date_compare(one->last, desa->last) == 0)
			return true;
	}
	return false;
}

int64_t week_sum(const struct week_list *list, const char *field)
{
	int64_t sum = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct week_report *one = &list->list[i];
		const char *text = one->counted ? report_text(&one->report, field) : NULL;

		if (text != NULL && !(one->desa && told_above(list, one)))
			sum += strtoll(text, NULL, 10);
	}
	return sum;
}
