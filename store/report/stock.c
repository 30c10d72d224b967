/* Stocks: what a posyandu has, once a month. Sums of months, quarters and years are kept; other
 * periods are added up from the posyandu. See tally.h. */
#include <stdio.h>
#include <string.h>

#include "store/base/merge.h"
#include "store/base/span.h"
#include "store/report/tally.h"
#include "store/statement/memo.h"

/* A period whose sum is kept. */
struct kept {
	char name[MERGE_PERIOD]; /* "2024-08", "2024-Q3", "2024" */
	char from[8], to[8]; /* months, both inside */
};

#define MONTH_LENGTH 7
#define STOCK	 "stock" /* kind of what is known */
#define KEY_ROOM 64
#define KEPT_COUNT 3
#define MONTHS	 13 /* of a year, and one to come */

/* What is known of a row; the batch's own additions are in it. */
struct stock {
	int64_t value;
	bool named;
	char area[KEY_ROOM];
};

static void month_text(char out[8], int year, int month)
{
	char day[DATE_TEXT];

	date_format((struct date){year, month, 1}, day);
	memcpy(out, day, MONTH_LENGTH);
	out[MONTH_LENGTH] = '\0';
}

static void kept_of(struct kept kept[KEPT_COUNT], struct date month)
{
	int quarter = (month.month - 1) / 3;

	month_text(kept[0].from, month.year, month.month);
	month_text(kept[0].to, month.year, month.month);
	month_text(kept[1].from, month.year, 3 * quarter + 1);
	month_text(kept[1].to, month.year, 3 * quarter + 3);
	month_text(kept[2].from, month.year, 1);
	month_text(kept[2].to, month.year, 12);
	for (int i = 0; i < KEPT_COUNT; i++)
		merge_period(kept[i].name, kept[0].from, i);
}

/* False: too long to be known by it. */
static bool stock_key(char out[2 * KEY_ROOM], const char *posyandu, const char *indicator,
	const char *month)
{
	if (strlen(posyandu) >= KEY_ROOM || strlen(indicator) >= KEY_ROOM - MONTH_LENGTH - 2)
		return false;
	out = stpcpy(stpcpy(out, posyandu), "\t");
	(void)stpcpy(stpcpy(stpcpy(out, indicator), "\t"), month);
	return true;
}

/* NULL: there is no such row. */
static void stock_know(struct store *store, const char *posyandu, const char *indicator,
	const char *month, const struct stock *stock, enum memo_origin origin)
{
	char key[2 * KEY_ROOM];

	if (stock_key(key, posyandu, indicator, month))
		memo_put(store, STOCK, key,
			&(struct memo_value){stock, stock ? sizeof(*stock) : 0, 0}, origin);
}

/* With what waits to be added to it. */
static int stock_of_row(struct store *store, const char *posyandu, const char *indicator,
	const char *month, const struct cursor *cursor, struct stock *out)
{
	int64_t waits;
	int error;

	out->value = cursor_int(cursor, 0);
	out->named = cursor_int(cursor, 1) != 0;
	(void)copy_string(out->area, sizeof(out->area), cursor_peek(cursor, 2));
	if (!out->named)
		return OK;
	error = merge_named(
		store, (const char *const[]){posyandu, indicator, month, out->area}, &waits);
	out->value += waits;
	return error;
}

static int stock_read(struct store *store, const char *posyandu, const char *indicator,
	const char *month, struct stock *out)
{
	struct cursor cursor;
	int result, error = OK;

	cursor_open(&cursor, store,
		"SELECT value, named, area FROM stocks WHERE posyandu = ? AND indicator = ? AND "
		"month = ?",
		PARAMS(p_text(posyandu), p_text(indicator), p_text(month)));
	result = cursor_next(&cursor);
	if (result > 0)
		error = stock_of_row(store, posyandu, indicator, month, &cursor, out);
	result = cursor_one(&cursor, result);
	error = error ? error : result;
	if (!error || error == ERR_NOT_FOUND)
		stock_know(store, posyandu, indicator, month, error ? NULL : out, MEMO_READ);
	return error;
}

static int stock_find(struct store *store, const char *posyandu, const char *indicator,
	const char *month, struct stock *out)
{
	struct memo_value known;
	char key[2 * KEY_ROOM];

	*out = (struct stock){0};
	if (!stock_key(key, posyandu, indicator, month) ||
		!memo_find(store, STOCK, key, &known))
		return stock_read(store, posyandu, indicator, month, out);
	if (!known.data)
		return ERR_NOT_FOUND;
	memcpy(out, known.data, sizeof(*out));
	return OK;
}

/* The last month from one up to (and without) another of which there is a row; ERR_NOT_FOUND. */
static int last_month(struct store *store, const char *posyandu, const char *indicator,
	const char *from, const char *before, char out[8])
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store,
		"SELECT month FROM stocks WHERE posyandu = ? AND indicator = ? AND month >= ? "
		"AND month < ? ORDER BY month DESC LIMIT 1",
		PARAMS(p_text(posyandu), p_text(indicator), p_text(from), p_text(before)));
	result = cursor_next(&cursor);
	if (result > 0)
		(void)copy_string(out, 8, cursor_peek(&cursor, 0));
	return cursor_one(&cursor, result);
}

/* NULL: the row goes. */
static int stock_write(struct store *store, const char *posyandu, const char *indicator,
	const char *month, const struct stock *stock)
{
	stock_know(store, posyandu, indicator, month, stock, MEMO_WRITTEN);
	if (stock == NULL)
		return query_run(store,
			"DELETE FROM stocks WHERE posyandu = ? AND indicator = ? AND month = ?",
			PARAMS(p_text(posyandu), p_text(indicator), p_text(month)));
	return query_run(store,
		"INSERT INTO stocks (posyandu, indicator, month, area, value, named) VALUES "
		"(?,?,?,?,?,?) ON CONFLICT (posyandu, indicator, month) DO UPDATE SET area = "
		"excluded.area, value = excluded.value, named = excluded.named",
		PARAMS(p_text(posyandu), p_text(indicator), p_text(month), p_text(stock->area),
			p_int(stock->value), p_int(stock->named)));
}

/* A posyandu's months of a year, in order. */
struct months {
	struct {
		char month[8];
		struct stock stock;
	} list[MONTHS];
	size_t count;
};

static int months_read(struct store *store, const char *posyandu, const char *indicator,
	const struct kept *year, struct months *out)
{
	struct cursor cursor;
	int result = 0, error = OK;

	out->count = 0;
	cursor_open(&cursor, store,
		"SELECT value, named, area, month FROM stocks WHERE posyandu = ? AND indicator = "
		"? AND month >= ? AND month <= ? ORDER BY month",
		PARAMS(p_text(posyandu), p_text(indicator), p_text(year->from), p_text(year->to)));
	while (!error && out->count < MONTHS && (result = cursor_next(&cursor)) > 0) {
		char *month = out->list[out->count].month;

		(void)copy_string(month, MONTH_LENGTH + 1, cursor_peek(&cursor, 3));
		error = stock_of_row(store, posyandu, indicator, month, &cursor,
			&out->list[out->count++].stock);
	}
	cursor_close(&cursor);
	return error ? error : result < 0 ? result : OK;
}

/* Adds (sign 1) or takes away (-1) what the last month of each period says, but where a later one
 * than `month` says it. */
static void count_last(struct store *store, const char *indicator, const char *month,
	const struct kept kept[KEPT_COUNT], const struct months *months, int sign)
{
	for (int i = 0; i < KEPT_COUNT; i++) {
		size_t at = months->count;

		while (at > 0 && strcmp(months->list[at - 1].month, kept[i].to) > 0)
			at--;
		if (at == 0 || strcmp(months->list[at - 1].month, kept[i].from) < 0 ||
			strcmp(months->list[at - 1].month, month) > 0)
			continue;
		merge_add_levels(store, MERGE_STOCK, months->list[at - 1].stock.area, indicator,
			kept[i].name, true, sign * months->list[at - 1].stock.value);
	}
}

/* The month with its stock; NULL: without. *before: what it had. */
static void months_put(struct months *months, const char *month, const struct stock *stock)
{
	size_t at = 0, next;

	while (at < months->count && strcmp(months->list[at].month, month) < 0)
		at++;
	next = at + (at < months->count && strcmp(months->list[at].month, month) == 0);
	memmove(&months->list[at + (stock != NULL)], &months->list[next],
		(months->count - next) * sizeof(months->list[0]));
	months->count = months->count - next + at + (stock != NULL);
	if (stock == NULL)
		return;
	(void)copy_string(months->list[at].month, MONTH_LENGTH + 1, month);
	months->list[at].stock = *stock;
}

/* What is added to the row of a month and waits is written before the row is: it would be added to
 * the new one. */
static int settle(struct store *store, const char *posyandu, const char *indicator,
	const char *month, const struct months *months)
{
	for (size_t i = 0; i < months->count; i++) {
		const struct stock *stock = &months->list[i].stock;
		int64_t waits;
		int error;

		if (!stock->named || strcmp(months->list[i].month, month) != 0)
			continue;
		error = merge_named(store,
			(const char *const[]){posyandu, indicator, month, stock->area}, &waits);
		return error || waits == 0 ? error : merge_fold(store);
	}
	return OK;
}

static int stock_set(struct store *store, const char *posyandu, const char *area,
	const char *indicator, struct date day, int64_t value, bool named)
{
	struct stock stock = {.value = value, .named = named};
	struct kept kept[KEPT_COUNT];
	const char *month = kept[0].name;
	struct months months;
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	(void)copy_string(stock.area, sizeof(stock.area), area);
	kept_of(kept, day);
	error = months_read(store, posyandu, indicator, &kept[KEPT_COUNT - 1], &months);
	if (!error)
		error = settle(store, posyandu, indicator, month, &months);
	if (!error)
		error = stock_write(store, posyandu, indicator, month, value < 0 ? NULL : &stock);
	if (!error) {
		count_last(store, indicator, month, kept, &months, -1);
		months_put(&months, month, value < 0 ? NULL : &stock);
		count_last(store, indicator, month, kept, &months, 1);
	}
	return span_end(&span, error);
}

int store_stock_set(struct store *store, const char *posyandu, const char *area,
	const char *indicator, struct date month, int64_t value)
{
	return stock_set(store, posyandu, area, indicator, month, value, false);
}

int store_stock_set_named(struct store *store, const char *posyandu, const char *area,
	const char *indicator, struct date month, int64_t value)
{
	return stock_set(store, posyandu, area, indicator, month, value, true);
}

int store_stock_is_named(struct store *store, const char *posyandu, const char *indicator,
	struct date month, bool *named)
{
	char text[8];
	struct stock stock;
	int error;

	month_text(text, month.year, month.month);
	error = stock_find(store, posyandu, indicator, text, &stock);
	*named = !error && stock.named;
	return error == ERR_NOT_FOUND ? OK : error;
}

/* The month after it in which the posyandu told any, of the same year; "": none. */
static int month_behind(struct store *store, const char *posyandu, const char *indicator,
	const struct kept *year, const char *month, char next[8])
{
	struct cursor cursor;
	int result;

	next[0] = '\0';
	cursor_open(&cursor, store,
		"SELECT month FROM stocks WHERE posyandu = ? AND indicator = ? AND month > ? AND "
		"month <= ? ORDER BY month LIMIT 1",
		PARAMS(p_text(posyandu), p_text(indicator), p_text(month), p_text(year->to)));
	result = cursor_next(&cursor);
	if (result > 0)
		(void)copy_string(next, 8, cursor_peek(&cursor, 0));
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

/* It is written with the commit, or when somebody reads it. */
static int named_add(struct store *store, const char *posyandu, const char *indicator,
	const struct kept kept[KEPT_COUNT], bool newest, int64_t delta, int64_t *value)
{
	const char *month = kept[0].name;
	struct stock stock;
	char next[8] = "";
	int periods = KEPT_COUNT;
	int error = stock_find(store, posyandu, indicator, month, &stock);

	if (error || !stock.named)
		return error ? error : ERR_NOT_FOUND;
	if (!newest)
		error = month_behind(
			store, posyandu, indicator, &kept[KEPT_COUNT - 1], month, next);
	if (error)
		return error;
	*value = stock.value += delta;
	stock_know(store, posyandu, indicator, month, &stock, MEMO_WRITTEN);
	while (next[0] != '\0' && periods > 1 && strcmp(next, kept[periods - 1].to) <= 0)
		periods--; /* its last month says it */
	merge_add_named(store, (const char *const[]){posyandu, indicator, month, stock.area},
		periods, delta);
	return OK;
}

int store_stock_add_named(struct store *store, const char *posyandu, const char *indicator,
	struct date month, bool newest, int64_t delta, int64_t *value)
{
	struct kept kept[KEPT_COUNT];
	struct span span;
	int error = span_begin(&span, store);

	kept_of(kept, month);
	if (error)
		return error;
	return span_end(&span, named_add(store, posyandu, indicator, kept, newest, delta, value));
}

static int sum_kept(struct store *store, const char *area, const char *indicator,
	const struct kept *kept, int64_t *sum)
{
	int error = query_int(store,
		"SELECT value FROM stock_sums WHERE area = ? AND indicator = ? AND period = ?",
		PARAMS(p_text(area), p_text(indicator), p_text(kept->name)), sum);

	return error == ERR_NOT_FOUND ? OK : error;
}

int store_stock_sum(struct store *store, const char *area, const char *indicator,
	struct period period, int64_t *sum)
{
	struct kept kept[KEPT_COUNT];
	char from[8], to[8], end[64];
	int error = store_fold(store);

	*sum = 0;
	if (error)
		return error;
	month_text(from, period.from.year, period.from.month);
	month_text(to, period.to.year, period.to.month);
	kept_of(kept, period.from);
	for (int i = 0; i < KEPT_COUNT; i++) {
		if (strcmp(kept[i].from, from) == 0 && strcmp(kept[i].to, to) == 0)
			return sum_kept(store, area, indicator, &kept[i], sum);
	}
	snprintf(end, sizeof(end), "%s/", area);
	return query_int(store,
		"SELECT coalesce(sum(value), 0) FROM stocks s WHERE indicator = ? AND month >= ? "
		"AND month <= ? AND area >= ? AND area < ? AND NOT EXISTS (SELECT 1 FROM stocks l "
		"WHERE l.posyandu = s.posyandu AND l.indicator = s.indicator AND l.month > s.month "
		"AND l.month <= ?)",
		PARAMS(p_text(indicator), p_text(from), p_text(to), p_text(area), p_text(end),
			p_text(to)),
		sum);
}

int store_stock_told(struct store *store, const char *posyandu, const char *indicator,
	struct period period, bool last, int64_t *sum)
{
	char from[8], to[8];
	int error;

	month_text(from, period.from.year, period.from.month);
	month_text(to, period.to.year, period.to.month);
	error = store_fold(store);
	if (error)
		return error;
	return query_int(store,
		"SELECT coalesce(sum(value), 0) FROM (SELECT value FROM stocks WHERE posyandu = ? "
		"AND indicator = ? AND month >= ? AND month <= ? ORDER BY month DESC LIMIT ?) "
		"months",
		PARAMS(p_text(posyandu), p_text(indicator), p_text(from), p_text(to),
			p_int(last ? 1 : INT32_MAX)),
		sum);
}

int store_stock_last(struct store *store, const char *posyandu, const char *indicator,
	struct date before, int64_t *value)
{
	char month[8], last[8];
	struct stock stock;
	int error;

	month_text(month, before.year, before.month);
	error = last_month(store, posyandu, indicator, "", month, last);
	if (!error)
		error = stock_find(store, posyandu, indicator, last, &stock);
	*value = error ? 0 : stock.value;
	return error;
}

int store_stock_held(struct store *store, const char *area, const char *form,
	const char *indicator, struct period period, int64_t *sum)
{
	char month[8], from[DATE_TEXT], to[DATE_TEXT], end[64];
	int error = store_fold(store);

	if (error)
		return error;
	month_text(month, period.from.year, period.from.month);
	date_format(period.from, from);
	date_format(period.to, to);
	snprintf(end, sizeof(end), "%s/", area);
	return query_int(store,
		"SELECT coalesce(sum(value), 0) FROM stocks s WHERE indicator = ? AND month = ? "
		"AND area >= ? AND area < ? AND EXISTS (SELECT 1 FROM reports r WHERE r.posyandu = "
		"s.posyandu AND r.form = ? AND r.date >= ? AND r.date <= ? AND r.training = 0 AND "
		"r.status IN ('accepted', 'verified'))",
		PARAMS(p_text(indicator), p_text(month), p_text(area), p_text(end), p_text(form),
			p_text(from), p_text(to)),
		sum);
}
