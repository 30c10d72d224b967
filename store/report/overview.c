/* Reading for the web front. See overview.h. */
#include "store/report/overview.h"

#include <stdio.h>
#include <string.h>

#include "store/base/filed.h"
#include "store/report/waits.h"
#include "store/statement/query.h"

int store_coverage_each(struct store *store, const char *area, const char *form, bool posyandu,
	const char *from, const char *to, coverage_each *each, void *context)
{
	struct cursor cursor;
	char end[64];
	int result;

	snprintf(end, sizeof(end), "%s/", area);
	/* place by place (CROSS JOIN keeps the order): a place has rows of all its years */
	cursor_open(&cursor, store,
		posyandu ? "SELECT p.id, month, count FROM posyandu p CROSS JOIN coverage_posyandu "
			   "c WHERE c.form = ? AND c.posyandu = p.id AND month >= ? AND month <= ? "
			   "AND p.id >= ? AND p.id < ? AND count > 0"
			 : "SELECT a.code, month, count FROM areas a CROSS JOIN coverage_desa c "
			   "WHERE c.form = ? AND c.area = a.code AND month >= ? AND month <= ? "
			   "AND a.code >= ? AND a.code < ? AND count > 0",
		PARAMS(p_text(form), p_text(from), p_text(to), p_text(area), p_text(end)));
	while ((result = cursor_next(&cursor)) > 0) {
		result = each(cursor_peek(&cursor, 0), cursor_peek(&cursor, 1),
			cursor_int(&cursor, 2), context);
		if (result)
			break;
	}
	cursor_close(&cursor);
	return result;
}

static int ids_read(struct cursor *cursor, int64_t *ids, size_t room, size_t *count)
{
	int result = 0;

	while (*count < room && (result = cursor_next(cursor)) > 0)
		ids[(*count)++] = cursor_int(cursor, 0);
	cursor_close(cursor);
	return result < 0 ? result : OK;
}

static int rows_get(struct store *store, struct arena *arena, const int64_t *ids, size_t count,
	struct report_row *rows)
{
	int error = OK;

	for (size_t i = 0; error == OK && i < count; i++)
		error = store_report_get(store, arena, ids[i], &rows[i]);
	return error;
}

static const struct filed_sql days_of = FILED_ROWS("by_place", "SELECT id",
	"area = ? AND date >= ? AND date <= ? AND (CAST(? AS TEXT) IS NULL OR form = ?)",
	" AND training = 0 ORDER BY received DESC, id DESC LIMIT ?");

int store_report_days(struct store *store, struct arena *arena, const char *area, const char *form,
	const char *from, const char *to, struct report_row *rows, size_t room, size_t *count)
{
	int64_t *ids = arena_alloc(arena, (room + 1) * sizeof(*ids));
	struct cursor cursor;
	int error;

	*count = 0;
	cursor_open(&cursor, store, filed_sql(store, &days_of),
		PARAMS(p_text(area), p_text(from), p_text(to), p_text(form), p_text(form),
			p_int((int64_t)room)));
	error = ids_read(&cursor, ids, room, count);
	return error != OK ? error : rows_get(store, arena, ids, *count, rows);
}

/* Few wait, and they have an index of their own. */
static bool is_waiting(const char *status)
{
	return status && strstr(REPORT_WAITS, status) != NULL;
}

/* The numbers of the rows; the rows themselves are read by store_report_get(). */
static int latest_ids(
	struct store *store, const struct latest *latest, int64_t *ids, size_t room, size_t *count)
{
	struct strbuf sql = {0};
	struct param params[8];
	struct cursor cursor;
	char end[64];
	size_t n = 0;
	/* those that wait are few and have indexes of their own */
	bool files = files_later(store) && !is_waiting(latest->status);
	int result = 0;

	strbuf_puts(&sql,
		is_waiting(latest->status) ? "SELECT id FROM reports WHERE +id < ?"
					   : "SELECT id FROM reports WHERE id < ?");
	params[n++] = p_int(latest->before ? latest->before : INT64_MAX);
	if (latest->area) { /* no bare column: down the numbers, not down the area's index */
		snprintf(end, sizeof(end), "%s/", latest->area);
		strbuf_puts(&sql,
			latest->large ? " AND area || '' >= ? AND area || '' < ?"
			: files       ? " AND id IN (SELECT id FROM by_place WHERE area >= ? AND "
					"area < ?)"
				      : " AND area >= ? AND area < ?");
		params[n++] = p_text(latest->area);
		params[n++] = p_text(end);
	}
	if (latest->form) {
		strbuf_puts(&sql, " AND form = ?");
		params[n++] = p_text(latest->form);
	}
	if (latest->status) {
		strbuf_puts(&sql, " AND status = ?");
		params[n++] = p_text(latest->status);
	}
	if (is_waiting(latest->status))
		strbuf_puts(&sql, " AND " REPORT_WAITS);
	if (latest->sender) {
		strbuf_puts(&sql, files ? " AND id IN (SELECT id FROM by_teller WHERE sender = ?)"
					: " AND sender = ?");
		params[n++] = p_text(latest->sender);
	}
	strbuf_puts(&sql, latest->training ? "" : " AND training = 0");
	strbuf_puts(&sql,
		is_waiting(latest->status) ? " ORDER BY +id DESC LIMIT ?"
					   : " ORDER BY id DESC LIMIT ?");
	params[n++] = p_int((int64_t)room);
	cursor_open(&cursor, store, sql.text, params, n);
	result = ids_read(&cursor, ids, room, count);
	strbuf_free(&sql);
	return result;
}

int store_report_latest(struct store *store, struct arena *arena, const struct latest *latest,
	struct report_row *rows, size_t room, size_t *count)
{
	int64_t *ids = arena_alloc(arena, (room + 1) * sizeof(*ids));
	int error;

	*count = 0;
	error = latest_ids(store, latest, ids, room, count);
	return error != OK ? error : rows_get(store, arena, ids, *count, rows);
}

static const struct filed_sql in_time_of = FILED_ROWS("by_place", "SELECT EXISTS (SELECT 1",
	"area = ? AND date >= ? AND date <= ? AND form = ?",
	" AND received <= ? AND status IN ('accepted', 'verified') AND training = 0 AND (CAST(? AS "
	"TEXT) IS NULL OR posyandu = ?))");

int store_report_in_time(struct store *store, const char *area, const char *posyandu,
	const char *form, const char *from, const char *to, int64_t limit, bool *in_time)
{
	int64_t found = 0;
	int error = query_int(store, filed_sql(store, &in_time_of),
		PARAMS(p_text(area), p_text(from), p_text(to), p_text(form), p_int(limit),
			p_text(posyandu), p_text(posyandu)),
		&found);

	*in_time = found != 0;
	return error;
}
