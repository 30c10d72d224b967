/* Persons counted once a month: see count_named.h. */
#include "flows/change/count_named.h"

#include <string.h>

#include "flows/change/count.h"
#include "parsers/form/form.h"
#include "store/report/case.h"
#include "store/report/tally.h"

#define DELTAS       64
#define STOCKS       16
#define MONTH_LENGTH 7

/* What a change of reports takes off and adds to a stock of a posyandu's month. */
struct delta {
	const struct form_count *count, *base;
	const struct record *record; /* whose posyandu and month */
	int64_t amount;
	bool done;
};

struct deltas {
	const struct turn *turn;
	struct delta list[DELTAS];
	size_t count;
};

static bool same_month(const struct record *a, const struct record *b)
{
	return strncmp(a->row.date, b->row.date, MONTH_LENGTH) == 0 &&
		strcmp(a->row.posyandu, b->row.posyandu) == 0;
}

static void delta_add(struct deltas *deltas, const struct record *record,
	const struct form_count *count, int sign)
{
	for (size_t i = 0; i < deltas->count; i++) {
		struct delta *delta = &deltas->list[i];

		if (delta->count == count && same_month(delta->record, record)) {
			delta->amount += sign;
			return;
		}
	}
	if (deltas->count < DELTAS)
		deltas->list[deltas->count++] = (struct delta){count,
			form_count_base(record->report.form, count), record, sign, false};
}

/* The record says what the month of its case was (sign 1), or does not any more (-1). */
static int says(struct deltas *deltas, const struct record *record, int sign)
{
	const struct turn *turn = deltas->turn;
	const struct form *form = record == NULL ? NULL : record->report.form;
	struct date day;
	int error = OK;

	if (form == NULL || !date_parse(record->row.date, &day))
		return OK;
	for (size_t i = 0; error == OK && i < form->ncount; i++) {
		const struct form_count *count = &form->counts[i];
		double amount;

		if (!count->once ||
			!form_counts_for(count, &record->report, turn->now.date, &amount))
			continue;
		if (count->named == NULL)
			error = store_tally_add(
				turn->flow->store, record->row.area, count->name, day, sign);
		else if (record->row.posyandu != NULL)
			delta_add(deltas, record, count, sign);
	}
	return error;
}

/* The newest other report of its case in its month; NULL: there is none. */
static int other_of(const struct turn *turn, int64_t id, const struct record *record,
	const struct record **other)
{
	struct record *found;
	int64_t report = 0;
	int error = id == 0 ? OK
			    : store_case_newest(turn->flow->store, id, record->row.date,
				      record->row.id, &report);

	*other = NULL;
	if (error != OK || report == 0)
		return error;
	found = arena_alloc(turn->flow->arena, sizeof(*found));
	error = record_load(turn, report, found);
	if (error == OK && count_holds(found))
		*other = found;
	return error == ERR_NOT_FOUND ? OK : error;
}

static bool is_behind(const struct record *a, const struct record *b)
{
	int order = strcmp(a->row.date, b->row.date);

	return order > 0 || (order == 0 && a->row.id > b->row.id);
}

/* It is there (sign 1), or was (-1): what it says counts, and that of the one before it not. */
static int stands(struct deltas *deltas, int64_t id, const struct record *record, int sign)
{
	const struct record *other;
	int error = other_of(deltas->turn, id, record, &other);

	if (error != OK || (other != NULL && is_behind(other, record)))
		return error;
	error = says(deltas, other, -sign);
	return error != OK ? error : says(deltas, record, sign);
}

enum added { ADDED, NOBODY_YET, COUNT_ANEW };

/* Deltas of one base, posyandu and month, unless nobody was named there so far, or it must be
 * counted anew. */
static int group_add(struct deltas *deltas, const struct delta *first, enum added *added)
{
	struct store *store = deltas->turn->flow->store;
	const struct date today = deltas->turn->now.date;
	struct date day;
	int64_t value;
	int error = OK;

	*added = ADDED;
	if (!date_parse(first->record->row.date, &day))
		return OK;
	for (size_t i = 0; i < deltas->count; i++) {
		struct delta *delta = &deltas->list[i];

		if (delta->base != first->base || !same_month(delta->record, first->record))
			continue;
		delta->done = true;
		if (delta->amount == 0 || error != OK || *added != ADDED)
			continue;
		error = store_stock_add_named(store, delta->record->row.posyandu,
			delta->count->name, day,
			day.year == today.year && day.month == today.month, delta->amount, &value);
		if (error == ERR_NOT_FOUND)
			*added = delta->count == delta->base && delta->amount > 0 ? NOBODY_YET
										  : COUNT_ANEW;
		else if (error == OK && delta->count == delta->base && value <= 0)
			*added = COUNT_ANEW;
		if (error == ERR_NOT_FOUND)
			error = OK;
	}
	return error;
}

static int anew(const struct turn *turn, const struct form *form, const struct form_count *base,
	const char *posyandu, const char *area, const char *day);

/* What the deltas say of a count in a posyandu's month is all there is. */
static int begin_named(struct deltas *deltas, const struct delta *first)
{
	const struct record *record = first->record;
	const struct form *form = record->report.form;
	struct date month;
	int error = OK;

	if (!date_parse(record->row.date, &month))
		return OK;
	for (size_t i = 0; error == OK && i < form->ncount; i++) {
		const struct form_count *count = &form->counts[i];
		int64_t amount = 0;

		if (form_count_base(form, count) != first->base)
			continue;
		for (size_t k = 0; k < deltas->count; k++) {
			if (deltas->list[k].count == count &&
				same_month(deltas->list[k].record, record))
				amount += deltas->list[k].amount;
		}
		error = store_stock_set_named(deltas->turn->flow->store, record->row.posyandu,
			record->row.area, count->name, month, amount);
	}
	return error;
}

static int deltas_write(struct deltas *deltas)
{
	int error = OK;

	for (size_t i = 0; error == OK && i < deltas->count; i++) {
		const struct delta *delta = &deltas->list[i];
		const struct record *record = delta->record;
		enum added added = ADDED;

		if (!delta->done)
			error = group_add(deltas, delta, &added);
		if (error == OK && added == NOBODY_YET)
			error = begin_named(deltas, delta);
		else if (error == OK && added == COUNT_ANEW)
			error = anew(deltas->turn, record->report.form, delta->base,
				record->row.posyandu, record->row.area, record->row.date);
	}
	return error;
}

int count_named(const struct turn *turn, const struct record *before, const struct record *after)
{
	bool held = before != NULL && count_holds(before) && form_counts_once(before->report.form);
	bool holds = count_holds(after) && form_counts_once(after->report.form) &&
		!record_is_nihil(after);
	struct deltas *deltas;
	int error = OK;

	if (!held && !holds)
		return OK;
	deltas = arena_raw(turn->flow->arena, sizeof(*deltas));
	deltas->turn = turn;
	deltas->count = 0;
	if (held && !record_is_nihil(before))
		error = stands(deltas, after->case_left, before, -1);
	if (error == OK && holds)
		error = stands(deltas, after->month_first ? 0 : after->case_id, after, 1);
	return error != OK ? error : deltas_write(deltas);
}

int count_is_last(const struct turn *turn, const struct report_row *row, bool *last)
{
	int64_t id, newest = 0;
	int error = store_case_of(turn->flow->store, row->id, &id);

	if (error == OK && id != 0)
		error = store_case_newest(turn->flow->store, id, row->date, 0, &newest);
	*last = newest == 0 || newest == row->id;
	return error;
}

/* The stocks that are some of one base, of a posyandu's month. */
struct sums {
	const struct turn *turn;
	const struct form_count *base;
	const struct form_count *counts[STOCKS];
	int64_t values[STOCKS];
	size_t count;
	const char *area;
};

static void sum_each(const struct form_count *count, double amount, void *context)
{
	struct sums *sums = context;

	(void)amount;
	for (size_t i = 0; i < sums->count; i++)
		sums->values[i] += sums->counts[i] == count;
}

static int sum_row(const struct report_row *row, void *context)
{
	struct sums *sums = context;
	const struct turn *turn = sums->turn;
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));
	bool last = false;
	int error = record_of_row(turn, row, record);

	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	if (!count_holds(record) || record_is_nihil(record))
		return OK;
	error = count_is_last(turn, row, &last);
	if (error != OK || !last)
		return error;
	sums->area = arena_strdup(turn->flow->arena, row->area);
	form_counts(record->report.form, &record->report, turn->now.date, sum_each, sums);
	return OK;
}

/* Nobody is named any more: as the posyandu told it, where it did. */
static int as_told(const struct turn *turn, const struct sums *sums, const char *posyandu,
	const char *day, struct date month)
{
	const struct form *form;
	int error = OK;

	for (size_t i = 0; error == OK && i < sums->count; i++)
		error = store_stock_set(
			turn->flow->store, posyandu, sums->area, sums->counts[i]->name, month, -1);
	for (size_t i = 0; error == OK && (form = reader_form_at(turn->flow->reader, i)) != NULL;
		i++)
		error = count_stocks(turn, form, posyandu, sums->area, day);
	return error;
}

static int anew(const struct turn *turn, const struct form *form, const struct form_count *base,
	const char *posyandu, const char *area, const char *day)
{
	struct sums sums = {.turn = turn, .base = base, .area = area};
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter filter = {.form = form->name,
		.posyandu = posyandu,
		.date_from = from,
		.date_to = to,
		.counted = true};
	int64_t all = 0;
	struct date month;
	int error;

	if (base == NULL || !date_parse(day, &month))
		return OK;
	month.day = 1;
	date_format(month, from);
	date_format(
		(struct date){month.year, month.month, date_month_days(month.year, month.month)},
		to);
	for (size_t i = 0; i < form->ncount && sums.count < STOCKS; i++) {
		if (form_count_base(form, &form->counts[i]) == base)
			sums.counts[sums.count++] = &form->counts[i];
	}
	error = store_report_each(turn->flow->store, &filter, sum_row, &sums);
	for (size_t i = 0; i < sums.count; i++)
		all += sums.counts[i] == base ? sums.values[i] : 0;
	if (error == OK && all == 0)
		return as_told(turn, &sums, posyandu, day, month);
	for (size_t i = 0; error == OK && i < sums.count; i++)
		error = store_stock_set_named(turn->flow->store, posyandu, sums.area,
			sums.counts[i]->name, month, sums.values[i]);
	return error;
}

int count_named_again(const struct turn *turn, const struct form *form, const char *posyandu,
	const char *area, const char *day)
{
	int error = OK;

	for (size_t i = 0; error == OK && i < form->ncount; i++) {
		if (form_count_base(form, &form->counts[i]) == &form->counts[i])
			error = anew(turn, form, &form->counts[i], posyandu, area, day);
	}
	return error;
}
