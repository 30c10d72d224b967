/* Who reported: counted reports of a form by desa, by posyandu, by month. See tally.h. */
#include <stdio.h>
#include <string.h>

#include "store/base/merge.h"
#include "store/base/span.h"
#include "store/report/tally.h"
#include "store/statement/query.h"

static void month_of(struct date date, char out[DATE_TEXT])
{
	date_format(date, out);
	out[7] = '\0';
}

int store_coverage_add(struct store *store, const char *area, const char *posyandu,
	const char *form, struct date month, int delta)
{
	char text[DATE_TEXT];
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	month_of(month, text);
	merge_add(store, MERGE_DESA, (const char *const[]){form, area, text}, delta);
	if (posyandu && *posyandu)
		merge_add(store, MERGE_POSYANDU, (const char *const[]){form, posyandu, text, area},
			delta);
	return span_end(&span, OK);
}

/* On the list in a month: today, or until it was closed in a later one. */
#define DESA_THEN(month)     "(a.active = 1 OR substr(a.closed, 1, 7) > " month ")"
#define POSYANDU_THEN(month)                                                                       \
	DESA_THEN(month) " AND (p.active = 1 OR substr(p.closed, 1, 7) > " month ")"

int store_coverage_count(struct store *store, const char *area, const char *form,
	struct period period, int64_t *desa)
{
	char from[DATE_TEXT], to[DATE_TEXT], end[64];
	int error = store_fold(store);

	*desa = 0;
	if (error)
		return error;
	month_of(period.from, from);
	month_of(period.to, to);
	snprintf(end, sizeof(end), "%s/", area);
	return query_int(store,
		"SELECT count(*) FROM areas a WHERE code >= ? AND code < ? AND EXISTS "
		"(SELECT 1 FROM coverage_desa c WHERE form = ? AND c.area = a.code AND month >= ? "
		"AND month <= ? AND count > 0) AND " DESA_THEN("?"),
		(const struct param[]){p_text(area), p_text(end), p_text(form), p_text(from),
			p_text(to), p_text(to)},
		6, desa);
}

/* Place by place (CROSS JOIN keeps the order): a place has rows of all its years. */
#define DESA_MONTHS                                                                                \
	" FROM areas a CROSS JOIN coverage_desa c WHERE a.code >= ? AND a.code < ? AND form = ? "  \
	"AND c.area = a.code AND month >= ? AND month <= ? AND count > 0"
#define POSYANDU_MONTHS                                                                            \
	" FROM areas a CROSS JOIN posyandu p CROSS JOIN coverage_posyandu c WHERE a.code >= ? "    \
	"AND a.code < ? AND p.area = a.code AND form = ? AND c.posyandu = p.id AND month >= ? "    \
	"AND month <= ? AND count > 0"
#define ALL_AND_LISTED(then)                                                                       \
	"SELECT count(*), coalesce(sum(CASE WHEN " then " THEN 1 ELSE 0 END), 0)"
#define DESA_TOO                                                                                   \
	" AND EXISTS (SELECT 1 FROM coverage_desa o WHERE o.form = ? AND o.area = c.area AND "     \
	"o.month = c.month AND o.count > 0)"
#define POSYANDU_TOO                                                                               \
	" AND EXISTS (SELECT 1 FROM coverage_posyandu o WHERE o.form = ? AND o.posyandu = "        \
	"c.posyandu AND o.month = c.month AND o.count > 0)"

/* too: another form; NULL: the statement has none. listed NULL: it brings one number. */
static int count_months(struct store *store, const char *sql, const char *area, const char *form,
	const char *too, struct period period, int64_t *months, int64_t *listed)
{
	char from[DATE_TEXT], to[DATE_TEXT], end[64];
	struct cursor cursor;
	int result = store_fold(store);

	*months = 0;
	if (result)
		return result;
	month_of(period.from, from);
	month_of(period.to, to);
	snprintf(end, sizeof(end), "%s/", area);
	cursor_open(&cursor, store, sql,
		(const struct param[]){p_text(area), p_text(end), p_text(form), p_text(from),
			p_text(to), p_text(too)},
		too ? 6 : 5);
	result = cursor_next(&cursor);
	if (result > 0)
		*months = cursor_int(&cursor, 0);
	if (result > 0 && listed)
		*listed = cursor_int(&cursor, 1);
	return cursor_one(&cursor, result);
}

int store_coverage_months(struct store *store, const char *area, const char *form,
	struct period period, bool by_posyandu, int64_t *months, int64_t *listed)
{
	static const char *const sql[2] = {ALL_AND_LISTED(DESA_THEN("month")) DESA_MONTHS,
		ALL_AND_LISTED(POSYANDU_THEN("month")) POSYANDU_MONTHS};

	*listed = 0;
	return count_months(store, sql[by_posyandu], area, form, NULL, period, months, listed);
}

int store_coverage_both(struct store *store, const char *area, const char *rare,
	const char *other, struct period period, bool by_posyandu, int64_t *months)
{
	static const char *const sql[2] = {
		"SELECT count(*)" DESA_MONTHS " AND " DESA_THEN("month") DESA_TOO,
		"SELECT count(*)" POSYANDU_MONTHS " AND " POSYANDU_THEN("month") POSYANDU_TOO};

	return count_months(store, sql[by_posyandu], area, rare, other, period, months, NULL);
}

/* A posyandu closes with its desa, too. */
int store_closed_places(struct store *store, const char *area, struct period period,
	bool by_posyandu, struct closed_places *out)
{
	static const char *const sql[2] = {
		"SELECT substr(closed, 1, 7) FROM areas WHERE code >= ? AND code < ? AND active = "
		"0 AND level IN ('desa', 'kelurahan') AND substr(closed, 1, 7) > ?",
		"SELECT substr(CASE WHEN p.active = 0 THEN p.closed ELSE a.closed END, 1, 7) FROM "
		"posyandu p JOIN areas a ON a.code = p.area WHERE p.area >= ? AND p.area < ? AND "
		"(p.active = 0 OR a.active = 0) AND substr(CASE WHEN p.active = 0 THEN p.closed "
		"ELSE a.closed END, 1, 7) > ?",
	};
	struct date last = date_add_months((struct date){period.to.year, period.to.month, 1}, 1);
	char from[DATE_TEXT], end[64];
	struct cursor cursor;
	int result, year, month;

	*out = (struct closed_places){0};
	month_of(period.from, from);
	snprintf(end, sizeof(end), "%s/", area);
	cursor_open(&cursor, store, sql[by_posyandu],
		PARAMS(p_text(area), p_text(end), p_text(from)));
	while ((result = cursor_next(&cursor)) > 0) {
		if (sscanf(cursor_peek(&cursor, 0), "%d-%d", &year, &month) != 2)
			continue;
		if (year * 12 + month > last.year * 12 + last.month) {
			year = last.year;
			month = last.month;
		}
		out->places++;
		out->months += (year - period.from.year) * 12 + month - period.from.month;
	}
	cursor_close(&cursor);
	return result;
}

#define DESA_GAPS                                                                                  \
	"SELECT code FROM areas a WHERE code >= ? AND code < ? AND level IN ('desa', "             \
	"'kelurahan') AND NOT EXISTS (SELECT 1 FROM coverage_desa c WHERE form = ? AND c.area = "  \
	"a.code AND month = ? AND count > 0) AND " DESA_THEN("?") " ORDER BY code"
#define POSYANDU_GAPS                                                                              \
	"SELECT id FROM posyandu p JOIN areas a ON a.code = p.area WHERE area >= ? AND area < ? "  \
	"AND NOT EXISTS (SELECT 1 FROM coverage_posyandu c WHERE form = ? AND c.posyandu = p.id "  \
	"AND month = ? AND count > 0) AND " POSYANDU_THEN("?") " ORDER BY area, id"

int store_coverage_gaps(struct store *store, struct arena *arena, const char *area,
	const char *form, struct date month, bool by_posyandu, size_t offset, const char **codes,
	size_t room, size_t *count, size_t *total)
{
	char text[DATE_TEXT], end[64];
	struct cursor cursor;
	int result = store_fold(store);

	*count = *total = 0;
	if (result)
		return result;
	month_of(month, text);
	snprintf(end, sizeof(end), "%s/", area);
	cursor_open(&cursor, store, by_posyandu ? POSYANDU_GAPS : DESA_GAPS,
		(const struct param[]){p_text(area), p_text(end), p_text(form), p_text(text),
			p_text(text), p_text(text)},
		by_posyandu ? 6 : 5);
	while ((result = cursor_next(&cursor)) > 0) {
		if (*total >= offset && *count < room)
			codes[(*count)++] = cursor_text(&cursor, arena, 0);
		(*total)++;
	}
	cursor_close(&cursor);
	return result;
}
