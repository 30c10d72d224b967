/* Who reported: counted reports of a form by desa, by posyandu, by month. See tally.h. */
#include <stdio.h>
#include <string.h>

#include "store/base/merge.h"
#include "store/base/span.h"
#include "store/report/tally.h"

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

static int count_places(struct store *store, const char *sql, const char *area, const char *form,
	struct period period, int64_t *count)
{
	char from[DATE_TEXT], to[DATE_TEXT], end[64];
	int error = store_fold(store);

	*count = 0;
	if (error)
		return error;
	month_of(period.from, from);
	month_of(period.to, to);
	snprintf(end, sizeof(end), "%s/", area);
	return query_int(store, sql,
		PARAMS(p_text(area), p_text(end), p_text(form), p_text(from), p_text(to)), count);
}

int store_coverage_count(struct store *store, const char *area, const char *form,
	struct period period, int64_t *desa)
{
	return count_places(store,
		"SELECT count(*) FROM areas a WHERE code >= ? AND code < ? AND active = 1 AND "
		"EXISTS "
		"(SELECT 1 FROM coverage_desa c WHERE form = ? AND c.area = a.code AND month >= ? "
		"AND month <= ? AND count > 0)",
		area, form, period, desa);
}

int store_coverage_posyandu(struct store *store, const char *area, const char *form,
	struct period period, int64_t *posyandu)
{
	return count_places(store,
		"SELECT count(*) FROM posyandu p WHERE area >= ? AND area < ? AND active = 1 AND "
		"EXISTS "
		"(SELECT 1 FROM coverage_posyandu c WHERE form = ? AND c.posyandu = p.id AND month "
		">= ? "
		"AND month <= ? AND count > 0)",
		area, form, period, posyandu);
}

int store_coverage_months(struct store *store, const char *area, const char *form,
	struct period period, bool by_posyandu, bool active, int64_t *months)
{
	static const char *const sql[2][2] = {
		{"SELECT count(*) FROM coverage_desa c WHERE area >= ? AND area < ? AND "
		 "form = ? AND month >= ? AND month <= ? AND count > 0",
			"SELECT count(*) FROM coverage_desa c JOIN areas a ON a.code = c.area AND "
			"a.active = 1 WHERE c.area >= ? AND c.area < ? AND form = ? AND month >= ? "
			"AND month <= ? AND count > 0"},
		{"SELECT count(*) FROM coverage_posyandu c WHERE area >= ? AND area < ? AND "
		 "form = ? AND month >= ? AND month <= ? AND count > 0",
			"SELECT count(*) FROM coverage_posyandu c JOIN posyandu p ON p.id = "
			"c.posyandu AND p.active = 1 WHERE c.area >= ? AND c.area < ? AND form = ? "
			"AND month >= ? AND month <= ? AND count > 0"},
	};

	return count_places(store, sql[by_posyandu][active], area, form, period, months);
}

#define DESA_GAPS                                                                                  \
	"SELECT code FROM areas a WHERE code >= ? AND code < ? AND active = 1 "                    \
	"AND level IN ('desa', 'kelurahan') AND NOT EXISTS (SELECT 1 FROM coverage_desa c "        \
	"WHERE form = ? AND c.area = a.code AND month = ? AND count > 0) ORDER BY code"
#define POSYANDU_GAPS                                                                              \
	"SELECT id FROM posyandu p WHERE area >= ? AND area < ? AND active = 1 "                   \
	"AND NOT EXISTS (SELECT 1 FROM coverage_posyandu c "                                       \
	"WHERE form = ? AND c.posyandu = p.id AND month = ? AND count > 0) ORDER BY area, id"

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
		PARAMS(p_text(area), p_text(end), p_text(form), p_text(text)));
	while ((result = cursor_next(&cursor)) > 0) {
		if (*total >= offset && *count < room)
			codes[(*count)++] = cursor_text(&cursor, arena, 0);
		(*total)++;
	}
	cursor_close(&cursor);
	return result;
}
