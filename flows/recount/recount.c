/* Counting again from the reports: see recount.h. Nothing here uses what keeps the counts. */
#include "flows/recount/recount.h"
#include "flows/recount/recount_state.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/change/case_marks.h"
#include "flows/change/count.h"
#include "flows/change/count_named.h"
#include "flows/record/report_json.h"
#include "parsers/form/form.h"
#include "store/report/tally.h"

#define TABLE "tally_day"

static struct cell *cell_at(struct counter *counter, const char *table, const char *place,
	const char *what, const char *when)
{
	char key[4 * PART];
	struct cell *cell;

	snprintf(key, sizeof(key), "%s|%s|%s|%s", table, place, what, when);
	HASH_FIND_STR(counter->cells, key, cell);
	if (cell == NULL) {
		cell = xcalloc(1, sizeof(*cell));
		memcpy(cell->key, key, sizeof(key));
		HASH_ADD_STR(counter->cells, key, cell);
	}
	return cell;
}

static void add(struct counter *counter, const char *table, const char *place, const char *what,
	const char *when, int64_t amount)
{
	cell_at(counter, table, place, what, when)->told += amount;
}

/* For every area above; for itself too when wanted. */
static void add_above(struct counter *counter, const char *table, const char *place,
	const char *what, const char *when, bool itself, int64_t amount)
{
	char code[PART], *dot;

	if (itself)
		add(counter, table, place, what, when, amount);
	if (!copy_string(code, sizeof(code), place))
		return;
	while ((dot = strrchr(code, '.')) != NULL) {
		*dot = '\0';
		add(counter, table, code, what, when, amount);
	}
}

static const char *month_of(const char *date, char month[8])
{
	memcpy(month, date, 7);
	month[7] = '\0';
	return month;
}

/* NULL: it is no posyandu's. */
static struct stock *stock_at(struct counter *counter, const char *indicator)
{
	const struct report_row *row = counter->row;
	char key[3 * PART], month[8];
	struct stock *stock;

	if (row->posyandu == NULL)
		return NULL;
	month_of(row->date, month);
	snprintf(key, sizeof(key), "%s|%s|%s", row->posyandu, indicator, month);
	HASH_FIND_STR(counter->stocks, key, stock);
	if (stock == NULL) {
		stock = xcalloc(1, sizeof(*stock));
		memcpy(stock->key, key, sizeof(key));
		(void)copy_string(stock->posyandu, sizeof(stock->posyandu), row->posyandu);
		(void)copy_string(stock->indicator, sizeof(stock->indicator), indicator);
		(void)copy_string(stock->month, sizeof(stock->month), month);
		(void)copy_string(stock->area, sizeof(stock->area), row->area);
		HASH_ADD_STR(counter->stocks, key, stock);
	}
	return stock;
}

static void stock_take(struct counter *counter, const char *indicator, int64_t value)
{
	const struct report_row *row = counter->row;
	struct stock *stock = stock_at(counter, indicator);
	int order = stock == NULL ? -1 : strcmp(row->date, stock->date);

	if (order < 0 || (order == 0 && row->id < stock->id))
		return;
	(void)copy_string(stock->date, sizeof(stock->date), row->date);
	(void)copy_string(stock->area, sizeof(stock->area), row->area);
	stock->id = row->id;
	stock->value = value;
}

/* Whoever is counted by name makes all stocks of it so, those too that he is none of. */
static void named_take(
	struct counter *counter, const struct form *form, const struct form_count *count)
{
	struct stock *stock = stock_at(counter, count->name);

	if (stock == NULL)
		return;
	stock->persons++;
	for (size_t i = 0; form_count_base(form, count) == count && i < form->ncount; i++) {
		if (form_count_base(form, &form->counts[i]) == count)
			stock_at(counter, form->counts[i].name)->named = true;
	}
}

static void count_each(const struct form_count *count, double amount, void *context)
{
	struct counter *counter = context;
	const struct report_row *row = counter->row;
	char month[8];

	if (count->once && !counter->last)
		return;
	if (count->named) {
		named_take(counter, reader_form(counter->flow.reader, row->form), count);
		return;
	}
	if (count->stock) {
		stock_take(counter, count->name, llround(amount));
		return;
	}
	add(counter, TABLE, row->area, count->name, row->date, llround(amount));
	add_above(counter, "tally_month", row->area, count->name, month_of(row->date, month), false,
		llround(amount));
}

static void coverage_take(struct counter *counter, const char *what)
{
	const struct report_row *row = counter->row;
	char month[8];

	month_of(row->date, month);
	add(counter, "coverage_desa", row->area, what, month, 1);
	if (row->posyandu != NULL)
		add(counter, "coverage_posyandu", row->posyandu, what, month, 1);
}

static int report_take(const struct report_row *row, void *context)
{
	struct counter *counter = context;
	struct record *record = arena_alloc(counter->flow.arena, sizeof(*record));
	const char *held;
	char key[PART];
	int error = record_of_row(&counter->turn, row, record);

	if (error == ERR_NOT_FOUND)
		return OK;
	if (error != OK)
		return error;
	if (count_holds(record)) {
		counter->row = row;
		counter->last = true;
		if (form_counts_once(record->report.form))
			error = count_is_last(&counter->turn, row, &counter->last);
		counter->result->reports++;
		coverage_take(counter, row->form);
		held = report_text(&record->report, record->report.form->held);
		if (row->posyandu != NULL && !record_is_nihil(record) &&
			(held == NULL || strcmp(held, "TIDAK") != 0)) {
			snprintf(key, sizeof(key), COVERAGE_HELD, row->form);
			coverage_take(counter, key);
		}
		form_counts(record->report.form, &record->report, counter->turn.now.date,
			count_each, counter);
	}
	arena_reset(counter->flow.arena);
	return error;
}

/* What cases have reached, by the reports that belong to them. */
static int case_take(const struct case_row *row, void *context)
{
	struct counter *counter = context;
	const char *name;
	json_t *marks, *told;
	int error = case_marks(&counter->turn, row, &marks);

	json_object_foreach(marks, name, told) {
		const char *text = json_string_value(told), *area = strchr(text, ' ') + 1;
		char day[DATE_TEXT], month[8];

		snprintf(day, sizeof(day), "%.10s", text);
		add(counter, TABLE, area, name, day, 1);
		add_above(counter, "tally_month", area, name, month_of(day, month), false, 1);
	}
	json_decref(marks);
	arena_reset(counter->flow.arena);
	return error;
}

/* The posyandu's last month of a period: the month itself, its quarter, its year. */
static bool is_last(const struct counter *counter, const struct stock *stock, int months)
{
	int month = atoi(stock->month + 5), last = (month - 1) / months * months + months;
	char key[3 * PART];

	for (int later = month + 1; later <= last; later++) {
		const struct stock *other;

		snprintf(key, sizeof(key), "%s|%s|%.4s-%02d", stock->posyandu, stock->indicator,
			stock->month, later);
		HASH_FIND_STR(counter->stocks, key, other);
		if (other != NULL)
			return false;
	}
	return true;
}

static void stocks_sum(struct counter *counter)
{
	for (struct stock *stock = counter->stocks; stock != NULL; stock = stock->hh.next) {
		char quarter[32], year[32];

		if (stock->named)
			stock->value = stock->persons;
		snprintf(quarter, sizeof(quarter), "%.4s-Q%d", stock->month,
			(atoi(stock->month + 5) + 2) / 3);
		snprintf(year, sizeof(year), "%.4s", stock->month);
		add(counter, "stocks", stock->posyandu, stock->indicator, stock->month,
			stock->value);
		add_above(counter, "stock_sums", stock->area, stock->indicator, stock->month, true,
			stock->value);
		if (is_last(counter, stock, 3))
			add_above(counter, "stock_sums", stock->area, stock->indicator, quarter,
				true, stock->value);
		if (is_last(counter, stock, 12))
			add_above(counter, "stock_sums", stock->area, stock->indicator, year, true,
				stock->value);
	}
}

static void differs(struct counter *counter, const char *key, int64_t kept, int64_t told)
{
	char parts[4][PART] = {""};

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		size_t length = strcspn(key, "|");

		snprintf(parts[i], sizeof(parts[i]), "%.*s", (int)length, key);
		key += length + (key[length] == '|');
	}
	counter->result->differences++;
	counter->differs(parts[0], parts[1], parts[2], parts[3], kept, told, counter->context);
}

int counter_kept(const char *table, const char *place, const char *what, const char *when,
	int64_t value, void *context)
{
	struct counter *counter = context;
	struct cell *cell = cell_at(counter, table, place, what, when);

	cell->kept = true;
	if (cell->told != value)
		differs(counter, cell->key, value, cell->told);
	return OK;
}

void counter_rest(struct counter *counter)
{
	for (struct cell *cell = counter->cells; cell != NULL; cell = cell->hh.next) {
		counter->result->cells++;
		if (!cell->kept && cell->told != 0)
			differs(counter, cell->key, 0, cell->told);
	}
}

void counter_end(struct counter *counter)
{
	struct cell *cell, *next;
	struct stock *stock, *after;

	HASH_ITER (hh, counter->cells, cell, next) {
		HASH_DEL(counter->cells, cell);
		free(cell);
	}
	HASH_ITER (hh, counter->stocks, stock, after) {
		HASH_DEL(counter->stocks, stock);
		free(stock);
	}
	arena_free(counter->flow.arena);
}

int counter_begin(struct counter *counter, struct flow *flow, recount_difference *each,
	void *context, struct recounted *result)
{
	int error;

	*counter = (struct counter){
		.flow = *flow, .result = result, .differs = each, .context = context};
	*result = (struct recounted){0};
	error = turn_begin(&counter->turn, flow, NULL);
	counter->flow.arena = arena_new();
	counter->turn.flow = &counter->flow;
	return error;
}

int counter_take(struct counter *counter, const struct report_filter *filter)
{
	int error = store_report_each(counter->flow.store, filter, report_take, counter);

	stocks_sum(counter);
	return error;
}

int recount(struct flow *flow, recount_difference *each, void *context, struct recounted *result)
{
	struct counter *counter = xcalloc(1, sizeof(*counter));
	struct report_filter filter = {.counted = true};
	int error = counter_begin(counter, flow, each, context, result);

	if (error == OK)
		error = counter_take(counter, &filter);
	if (error == OK)
		error = store_case_each(flow->store, case_take, counter);
	if (error == OK)
		error = store_kept_each(flow->store, counter_kept, counter);
	if (error == OK)
		counter_rest(counter);
	counter_end(counter);
	free(counter);
	return error;
}
