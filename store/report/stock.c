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
	char name[16];       /* "2024-08", "2024-Q3", "2024" */
	char from[8], to[8]; /* months, both inside */
};

#define MONTH_LENGTH 7
#define STOCK	 "stock" /* kind of what is known */
#define KEY_ROOM 64
#define KEPT_COUNT 3

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
	(void)copy_string(kept[0].name, sizeof(kept[0].name), kept[0].from);
	month_text(kept[1].from, month.year, 3 * quarter + 1);
	month_text(kept[1].to, month.year, 3 * quarter + 3);
	memcpy(kept[1].name, kept[0].from, sizeof("2024-") - 1);
	(void)stpcpy(kept[1].name + sizeof("2024-") - 1,
		(const char[]){'Q', (char)('1' + quarter), '\0'});
	month_text(kept[2].from, month.year, 1);
	month_text(kept[2].to, month.year, 12);
	(void)copy_string(kept[2].name, 5, kept[0].name);
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

static int stock_select(struct store *store, const char *posyandu, const char *indicator,
	const char *month, struct stock *out)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store,
		"SELECT value, named, area FROM stocks WHERE posyandu = ? AND indicator = ? AND "
		"month = ?",
		PARAMS(p_text(posyandu), p_text(indicator), p_text(month)));
	result = cursor_next(&cursor);
	if (result > 0) {
		out->value = cursor_int(&cursor, 0);
		out->named = cursor_int(&cursor, 1) != 0;
		(void)copy_string(out->area, sizeof(out->area), cursor_peek(&cursor, 2));
	}
	return cursor_one(&cursor, result);
}

/* Of a row that is not there nothing waits to be added. */
static int stock_read(struct store *store, const char *posyandu, const char *indicator,
	const char *month, struct stock *out)
{
	int error = stock_select(store, posyandu, indicator, month, out);

	if (!error && out->named) {
		error = merge_named(store);
		if (!error)
			error = stock_select(store, posyandu, indicator, month, out);
	}
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

/* Adds (sign 1) or takes away (-1) what the posyandu's last month of a period says. */
static int count_last(struct store *store, const char *posyandu, const char *indicator,
	const struct kept *kept, int sign)
{
	struct stock stock;
	char month[8], end[16];
	int error;

	(void)stpcpy(stpcpy(end, kept->to), "/"); /* behind it */
	error = last_month(store, posyandu, indicator, kept->from, end, month);
	if (error)
		return error == ERR_NOT_FOUND ? OK : error;
	error = stock_find(store, posyandu, indicator, month, &stock);
	if (!error)
		merge_add_levels(store, MERGE_STOCK, stock.area, indicator, kept->name, true,
			sign * stock.value);
	return error;
}

static int stock_write(struct store *store, const char *posyandu, const char *area,
	const char *indicator, const char *month, int64_t value, bool named)
{
	struct stock stock = {.value = value, .named = named};

	(void)copy_string(stock.area, sizeof(stock.area), area);
	stock_know(store, posyandu, indicator, month, value < 0 ? NULL : &stock, MEMO_WRITTEN);
	if (value < 0)
		return query_run(store,
			"DELETE FROM stocks WHERE posyandu = ? AND indicator = ? AND month = ?",
			PARAMS(p_text(posyandu), p_text(indicator), p_text(month)));
	return query_run(store,
		"INSERT INTO stocks (posyandu, indicator, month, area, value, named) VALUES "
		"(?,?,?,?,?,?) ON CONFLICT (posyandu, indicator, month) DO UPDATE SET area = "
		"excluded.area, value = excluded.value, named = excluded.named",
		PARAMS(p_text(posyandu), p_text(indicator), p_text(month), p_text(area),
			p_int(value), p_int(named)));
}

static int stock_set(struct store *store, const char *posyandu, const char *area,
	const char *indicator, struct date month, int64_t value, bool named)
{
	struct kept kept[KEPT_COUNT];
	struct stock there;
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	kept_of(kept, month);
	error = stock_find(store, posyandu, indicator, kept[0].name, &there);
	if (!error && there.named)
		error = merge_named(store);
	else if (error == ERR_NOT_FOUND)
		error = OK;
	for (int i = 0; !error && i < KEPT_COUNT; i++)
		error = count_last(store, posyandu, indicator, &kept[i], -1);
	if (!error)
		error = stock_write(
			store, posyandu, area, indicator, kept[0].name, value, named);
	for (int i = 0; !error && i < KEPT_COUNT; i++)
		error = count_last(store, posyandu, indicator, &kept[i], 1);
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
	merge_add(store, MERGE_NAMED,
		(const char *const[]){posyandu, indicator, month, stock.area}, delta);
	for (int i = 0; i < KEPT_COUNT; i++) {
		if (next[0] == '\0' || strcmp(next, kept[i].to) > 0)
			merge_add_levels(store, MERGE_STOCK, stock.area, indicator, kept[i].name,
				true, delta);
	}
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
