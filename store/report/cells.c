/* Cells of what is kept, read and set one by one. See cells.h. */
#include "store/report/cells.h"

#include <stdio.h>
#include <string.h>

#include "store/base/filed.h"
#include "store/base/merge.h"
#include "store/base/span.h"
#include "store/statement/query.h"

#define RULES	  "counted_by" /* key of meta */
#define DAYS_ROOM 16

struct days {
	char first[DAYS_ROOM], last[DAYS_ROOM]; /* "2024-08-31" is not behind the last */
};

static struct days days_of(const char *month)
{
	struct days days;

	snprintf(days.first, sizeof(days.first), "%.7s-01", month);
	snprintf(days.last, sizeof(days.last), "%.7s-31", month);
	return days;
}

static const struct filed_sql
	month_after = FILED("by_place", "SELECT substr(date, 1, 7)", "area = ? AND date > ?",
		" ORDER BY date LIMIT 1"),
	area_after = {
		"SELECT min(area) FROM (SELECT min(area) AS area FROM report_places WHERE area > "
		"?1 UNION ALL SELECT min(area) FROM reports WHERE area > ?1 AND id > (SELECT value "
		"FROM meta WHERE key = 'filed'))",
		"SELECT min(area) FROM reports WHERE area > ?"},
	posyandu_of = FILED_ROWS("by_place", "SELECT DISTINCT posyandu",
		"area = ? AND date >= ? AND date <= ?", " AND posyandu IS NOT NULL");

/* The month of the area's first report behind a day; NULL: none. */
static int month_behind(struct store *store, struct arena *arena, const char *area,
	const char *day, const char **month)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, filed_sql(store, &month_after),
		PARAMS(p_text(area), p_text(day)));
	result = cursor_next(&cursor);
	*month = result > 0 ? cursor_text(&cursor, arena, 0) : NULL;
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

static int area_behind(
	struct store *store, struct arena *arena, const char *before, const char **area)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, filed_sql(store, &area_after), PARAMS(p_text(before)));
	result = cursor_next(&cursor);
	*area = result > 0 ? cursor_text(&cursor, arena, 0) : NULL;
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

int store_month_next(
	struct store *store, struct arena *arena, const char **area, const char **month)
{
	const char *found;
	int error = month_behind(store, arena, *area, **month ? days_of(*month).last : "", &found);

	while (!error && !found) {
		error = area_behind(store, arena, *area, area);
		if (!error && !*area)
			return ERR_NOT_FOUND;
		if (!error)
			error = month_behind(store, arena, *area, "", &found);
	}
	*month = found;
	return error;
}

int store_month_posyandu(struct store *store, struct arena *arena, const char *area,
	const char *month, const char **ids, size_t room, size_t *count)
{
	struct days days = days_of(month);
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store, filed_sql(store, &posyandu_of),
		PARAMS(p_text(area), p_text(days.first), p_text(days.last)));
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		ids[(*count)++] = cursor_text(&cursor, arena, 0);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

/* Rows of (when, value). */
static int walk(struct cursor *cursor, const char *table, const char *place, const char *what,
	kept_cell *each, void *context)
{
	int result;

	while ((result = cursor_next(cursor)) > 0) {
		result = each(table, place, what, cursor_peek(cursor, 0), cursor_int(cursor, 1),
			context);
		if (result)
			break;
	}
	cursor_close(cursor);
	return result;
}

int store_desa_cells(struct store *store, const char *area, const char *month,
	const struct cell_names *events, const struct cell_names *coverage, kept_cell *each,
	void *context)
{
	struct days days = days_of(month);
	struct cursor cursor;
	int error = store_fold(store);

	for (size_t i = 0; !error && i < events->count; i++) {
		cursor_open(&cursor, store,
			"SELECT day, count FROM tally_day WHERE area = ? AND indicator = ? AND "
			"day >= ? AND day <= ?",
			PARAMS(p_text(area), p_text(events->list[i]), p_text(days.first),
				p_text(days.last)));
		error = walk(&cursor, "tally_day", area, events->list[i], each, context);
	}
	for (size_t i = 0; !error && i < coverage->count; i++) {
		cursor_open(&cursor, store,
			"SELECT month, count FROM coverage_desa WHERE form = ? AND area = ? AND "
			"month = ?",
			PARAMS(p_text(coverage->list[i]), p_text(area), p_text(month)));
		error = walk(&cursor, "coverage_desa", area, coverage->list[i], each, context);
	}
	return error;
}

int store_posyandu_cells(struct store *store, const char *posyandu, const char *month,
	const struct cell_names *stocks, const struct cell_names *coverage, kept_cell *each,
	void *context)
{
	struct cursor cursor;
	int error = store_fold(store);

	for (size_t i = 0; !error && i < stocks->count; i++) {
		cursor_open(&cursor, store,
			"SELECT month, value FROM stocks WHERE posyandu = ? AND indicator = ? AND "
			"month = ?",
			PARAMS(p_text(posyandu), p_text(stocks->list[i]), p_text(month)));
		error = walk(&cursor, "stocks", posyandu, stocks->list[i], each, context);
	}
	for (size_t i = 0; !error && i < coverage->count; i++) {
		cursor_open(&cursor, store,
			"SELECT month, count FROM coverage_posyandu WHERE form = ? AND posyandu = "
			"? AND month = ?",
			PARAMS(p_text(coverage->list[i]), p_text(posyandu), p_text(month)));
		error = walk(
			&cursor, "coverage_posyandu", posyandu, coverage->list[i], each, context);
	}
	return error;
}

/* Where a posyandu is today. */
static int area_of(struct store *store, const char *posyandu, char *area, size_t room)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, "SELECT area FROM posyandu WHERE id = ?",
		PARAMS(p_text(posyandu)));
	result = cursor_next(&cursor);
	(void)copy_string(area, room, result > 0 ? cursor_peek(&cursor, 0) : "");
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

int store_cell_add(struct store *store, const char *table, const char *place, const char *what,
	const char *when, const char *area, int64_t delta)
{
	char home[64] = "";
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	if (!area && strcmp(table, "coverage_posyandu") == 0)
		error = area_of(store, place, home, sizeof(home));
	if (error)
		return span_end(&span, error);
	if (strcmp(table, "tally_day") == 0)
		merge_add(store, MERGE_DAY, (const char *const[]){place, what, when}, delta);
	else if (strcmp(table, "tally_month") == 0)
		merge_add(store, MERGE_MONTH, (const char *const[]){place, what, when}, delta);
	else if (strcmp(table, "stock_sums") == 0)
		merge_add(store, MERGE_STOCK, (const char *const[]){place, what, when}, delta);
	else if (strcmp(table, "coverage_desa") == 0)
		merge_add(store, MERGE_DESA, (const char *const[]){what, place, when}, delta);
	else if (strcmp(table, "coverage_posyandu") == 0)
		merge_add(store, MERGE_POSYANDU,
			(const char *const[]){what, place, when, area ? area : home}, delta);
	else
		error = ERR_NOT_FOUND;
	return span_end(&span, error);
}

int store_counted_by(struct store *store, int64_t *rules)
{
	return query_int(store, "SELECT coalesce(max(value), 0) FROM meta WHERE key = ?",
		PARAMS(p_text(RULES)), rules);
}

int store_counted_by_put(struct store *store, int64_t rules)
{
	return query_run(store,
		"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value "
		"= excluded.value",
		PARAMS(p_text(RULES), p_int(rules)));
}
