/* Reports into tallies: events by day, stocks by posyandu and month, coverage by desa and month. */
#include "flows/change/count.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "parsers/form/form.h"
#include "store/report/tally.h"

#define SESSIONS   62 /* of one posyandu in a month */
#define DESA_DOTS 3

/* An area above a desa is no place of a counted report. */
static bool is_desa(const char *area)
{
	int dots = 0;

	for (; area != NULL && *area != '\0'; area++)
		dots += *area == '.';
	return dots >= DESA_DOTS;
}

bool count_holds(const struct record *record)
{
	struct date day;

	return (record->report.status == STATUS_ACCEPTED ||
		       record->report.status == STATUS_VERIFIED) &&
		!record->row.training && is_desa(record->row.area) && record->row.date != NULL &&
		date_parse(record->row.date, &day);
}

static int events_add(
	const struct turn *turn, const struct record *record, struct date day, int sign)
{
	const struct form *form = record->report.form;
	int error = OK;

	for (size_t i = 0; error == OK && i < form->ncount; i++) {
		const struct form_count *count = &form->counts[i];
		double amount;

		if (!count->stock && !count->once &&
			form_counts_for(count, &record->report, turn->now.date, &amount))
			error = store_tally_add(turn->flow->store, record->row.area, count->name,
				day, sign * llround(amount));
	}
	return error;
}

/* Events and coverage. */
static int add(const struct turn *turn, const struct record *record, int sign)
{
	const struct report_row *row = &record->row;
	const char *held = report_text(&record->report, record->report.form->held);
	const char *posyandu = row->posyandu == NULL ? "" : row->posyandu;
	struct date day;
	char key[40];
	int error;

	if (!date_parse(row->date, &day))
		return OK;
	error = store_coverage_add(turn->flow->store, row->area, posyandu, row->form, day, sign);
	if (error != OK || record_is_nihil(record))
		return error;
	if (row->posyandu != NULL && (held == NULL || strcmp(held, "TIDAK") != 0)) {
		snprintf(key, sizeof(key), COVERAGE_HELD, row->form);
		error = store_coverage_add(
			turn->flow->store, row->area, posyandu, key, day, sign);
		if (error != OK)
			return error;
	}
	return events_add(turn, record, day, sign);
}

/* The latest counted session that tells a stock. */
struct latest {
	const struct form_count *count;
	const char *date, *area;
	int64_t id, value;
};

struct latests {
	struct latest list[16];
	const struct report_row *row; /* being looked at */
};

static void latest_each(const struct form_count *count, double amount, void *context)
{
	struct latests *latests = context;
	const struct report_row *row = latests->row;

	for (size_t i = 0; count->stock && !count->named && i < COUNT_OF(latests->list); i++) {
		struct latest *latest = &latests->list[i];
		int order;

		if (latest->count != count)
			continue;
		order = latest->date == NULL ? 1 : strcmp(row->date, latest->date);
		if (order > 0 || (order == 0 && row->id > latest->id))
			*latest = (struct latest){
				count, row->date, row->area, row->id, llround(amount)};
	}
}

static int latest_find(const struct turn *turn, const struct report_row *row, struct date month,
	struct latests *latests)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter filter = {.form = row->form,
		.posyandu = row->posyandu,
		.date_from = from,
		.date_to = to,
		.counted = true,
		.unnamed = form_by_month(reader_form(turn->flow->reader, row->form))};
	struct report_row *rows = arena_alloc(turn->flow->arena, SESSIONS * sizeof(*rows));
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));
	size_t count;
	int error;

	date_format((struct date){month.year, month.month, 1}, from);
	date_format((struct date){month.year, month.month,
			    date_month_days(month.year, month.month)},
		to);
	error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, SESSIONS, &count);
	for (size_t i = 0; error == OK && i < count; i++) {
		error = record_of_row(turn, &rows[i], record);
		latests->row = &rows[i];
		if (error == OK && count_holds(record))
			form_counts(record->report.form, &record->report, turn->now.date,
				latest_each, latests);
	}
	return error;
}

bool count_has_named(const struct reader *reader, const char *stock)
{
	const struct form *form;

	for (size_t i = 0; (form = reader_form_at(reader, i)) != NULL; i++) {
		for (size_t k = 0; k < form->ncount; k++) {
			if (form->counts[k].named != NULL &&
				strcmp(form->counts[k].name, stock) == 0)
				return true;
		}
	}
	return false;
}

/* The stocks of a posyandu's month are those of the latest session that remains; gone: there may be
 * one that no session tells any more. */
static int stocks_set(const struct turn *turn, const struct form *form,
	const struct report_row *row, bool gone)
{
	struct latests *latests = arena_alloc(turn->flow->arena, sizeof(*latests));
	size_t n = 0;
	struct date day;
	int error;

	*latests = (struct latests){0};
	for (size_t i = 0; i < form->ncount && n < COUNT_OF(latests->list); i++) {
		if (form->counts[i].stock && !form->counts[i].named)
			latests->list[n++].count = &form->counts[i];
	}
	if (n == 0 || row->posyandu == NULL || !date_parse(row->date, &day))
		return OK;
	error = latest_find(turn, row, day, latests);
	for (size_t i = 0; error == OK && i < n; i++) {
		const struct latest *latest = &latests->list[i];

		bool named = false;

		if (latest->date == NULL && !gone)
			continue;
		if (count_has_named(turn->flow->reader, latest->count->name))
			error = store_stock_is_named(turn->flow->store, row->posyandu,
				latest->count->name, day, &named);
		if (error == OK && !named)
			error = store_stock_set(turn->flow->store, row->posyandu,
			latest->date == NULL ? row->area : latest->area,
			latest->count->name, day, latest->date == NULL ? -1 : latest->value);
	}
	return error;
}

int count_apply(const struct turn *turn, const struct record *before, const struct record *after)
{
	bool held = before != NULL && count_holds(before), holds = count_holds(after);
	int error = held ? add(turn, before, -1) : OK;

	if (error == OK && holds)
		error = add(turn, after, 1);
	if (error == OK && held)
		error = stocks_set(turn, before->report.form, &before->row, true);
	if (error == OK && holds)
		error = stocks_set(turn, after->report.form, &after->row, false);
	return error;
}

int count_stocks(const struct turn *turn, const struct form *form, const char *posyandu,
	const char *area, const char *day)
{
	struct report_row row = {
		.form = form->name, .posyandu = posyandu, .area = area, .date = day};

	return stocks_set(turn, form, &row, true);
}
