/* Cases and the reports that belong to them. See case.h. */
#include "store/report/case.h"

#include <stdio.h>
#include <string.h>

#include "store/base/filed.h"
#include "store/base/span.h"
#include "store/statement/ahead.h"
#include "store/statement/memo.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define COLUMNS                                                                                    \
	"id, form, area, posyandu, name, opened, last, due, same, class, state, closed, ref, "     \
	"marks, first, ended_by, contacts, risk, known"
#define KNOWN "case-any" /* kind of what is known */

static void row_read(const struct cursor *cursor, struct arena *arena, struct case_row *out)
{
	*out = (struct case_row){
		.id = cursor_int(cursor, 0),
		.form = cursor_text(cursor, arena, 1),
		.area = cursor_text(cursor, arena, 2),
		.posyandu = cursor_text(cursor, arena, 3),
		.name = cursor_text(cursor, arena, 4),
		.opened = cursor_text(cursor, arena, 5),
		.last = cursor_text(cursor, arena, 6),
		.due = cursor_text(cursor, arena, 7),
		.same = cursor_text(cursor, arena, 8),
		.class = cursor_text(cursor, arena, 9),
		.state = cursor_text(cursor, arena, 10),
		.closed = cursor_text(cursor, arena, 11),
		.ref = cursor_text(cursor, arena, 12),
		.marks = cursor_text(cursor, arena, 13),
		.first = cursor_int(cursor, 14),
		.ended_by = cursor_int(cursor, 15),
		.contacts = (int)cursor_int(cursor, 16),
		.risk = cursor_int(cursor, 17) != 0,
		.known = cursor_secret(cursor, arena, 18),
	};
}

static int rows_find(struct store *store, struct arena *arena, const char *sql,
	const struct param *params, size_t nparam, struct case_row *rows, size_t room,
	size_t *count)
{
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store, sql, params, nparam);
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		row_read(&cursor, arena, &rows[(*count)++]);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

static const struct question open_in = {
	KNOWN, "SELECT 1 FROM cases WHERE area = ? AND form = ? AND closed IS NULL LIMIT 1", "TT"};

#define KEY_ROOM 128

static void known_key(char key[KEY_ROOM], const char *form, const char *area)
{
	size_t length;

	(void)copy_string(key, KEY_ROOM - 1, form);
	length = strlen(key);
	key[length] = '|';
	(void)copy_string(key + length + 1, KEY_ROOM - length - 1, area);
}

/* There is one now, whatever was known. */
static void known_some(struct store *store, const struct case_row *row)
{
	const struct memo_value some = {"", 1, 0};
	char key[KEY_ROOM];

	known_key(key, row->form, row->area);
	memo_put(store, KNOWN, key, &some, MEMO_WRITTEN);
	ahead_forget(store, KNOWN, ROW(p_text(row->area)));
}

void store_case_any_foresee(struct store *store, const char *form, const char *area)
{
	ahead_foresee(store, &open_in, ROW(p_text(area), p_text(form)));
}

int store_case_any(struct store *store, const char *form, const char *area, bool *any)
{
	struct memo_value value;
	char key[KEY_ROOM];
	int64_t one;
	int error;

	known_key(key, form, area);
	if (memo_find(store, KNOWN, key, &value)) {
		*any = value.data != NULL;
		return OK;
	}
	error = query_int(store, open_in.sql, PARAMS(p_text(area), p_text(form)), &one);
	*any = error == OK;
	if (error && error != ERR_NOT_FOUND)
		return error;
	value = (struct memo_value){*any ? "" : NULL, *any, 0};
	memo_put(store, KNOWN, key, &value, MEMO_READ);
	return OK;
}

int store_case_put(struct store *store, struct case_row *row)
{
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	known_some(store, row);
	error = query_int(store,
		"INSERT INTO cases (form, area, posyandu, name, opened, last, due, same, class, "
		"state, closed, ref, marks, first, ended_by, contacts, risk, known) "
		"VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id",
		PARAMS(p_text(row->form), p_text(row->area), p_text(row->posyandu),
			p_text(row->name), p_text(row->opened), p_text(row->last), p_text(row->due),
			p_text(row->same), p_text(row->class), p_text(row->state),
			p_text(row->closed), p_text(row->ref), p_text(row->marks),
			p_int(row->first), p_int(row->ended_by), p_int(row->contacts),
			p_int(row->risk), p_secret(row->known)),
		&row->id);
	return span_end(&span, error);
}

int store_case_set(struct store *store, const struct case_row *row)
{
	known_some(store, row);
	return query_run(store,
		"UPDATE cases SET area = ?, name = ?, opened = ?, last = ?, due = ?, same = ?, "
		"class = ?, state = ?, closed = ?, marks = ?, ended_by = ?, contacts = ?, "
		"risk = ?, known = ? WHERE id = ?",
		PARAMS(p_text(row->area), p_text(row->name), p_text(row->opened), p_text(row->last),
			p_text(row->due), p_text(row->same), p_text(row->class), p_text(row->state),
			p_text(row->closed), p_text(row->marks), p_int(row->ended_by),
			p_int(row->contacts), p_int(row->risk), p_secret(row->known),
			p_int(row->id)));
}

/* No index has any of these. */
int store_case_follow(struct store *store, const struct case_row *row)
{
	return query_run(store,
		"UPDATE cases SET last = ?, class = ?, risk = ?, known = ? WHERE id = ?",
		PARAMS(p_text(row->last), p_text(row->class), p_int(row->risk),
			p_secret(row->known), p_int(row->id)));
}

int store_case_drop(struct store *store, int64_t id)
{
	return query_run(store, "DELETE FROM cases WHERE id = ?", PARAMS(p_int(id)));
}

int store_case_get(struct store *store, struct arena *arena, int64_t id, struct case_row *out)
{
	size_t count;
	int error = rows_find(store, arena, "SELECT " COLUMNS " FROM cases WHERE id = ?",
		PARAMS(p_int(id)), out, 1, &count);

	return error ? error : count ? OK : ERR_NOT_FOUND;
}

int store_case_named(struct store *store, struct arena *arena, const char *form, const char *area,
	const char *name, struct case_row *rows, size_t room, size_t *count)
{
	return rows_find(store, arena,
		"SELECT " COLUMNS " FROM cases WHERE area = ? AND form = ? AND name = ? "
		"ORDER BY id DESC LIMIT ?",
		PARAMS(p_text(area), p_text(form), p_text(name), p_int((int64_t)room)), rows, room,
		count);
}

int store_case_open(struct store *store, struct arena *arena, const char *form, const char *area,
	case_wants *wants, void *context, struct case_row *rows, size_t room, size_t *count)
{
	struct cursor cursor;
	int result = 0, error = OK;

	*count = 0;
	cursor_open(&cursor, store,
		"SELECT id, name FROM cases WHERE form = ? AND area = ? AND closed IS NULL "
		"ORDER BY id DESC LIMIT ?",
		PARAMS(p_text(form), p_text(area), p_int((int64_t)room)));
	while (*count < room && (result = cursor_next(&cursor)) > 0) {
		struct case_row row = {
			.id = cursor_int(&cursor, 0), .name = cursor_peek(&cursor, 1)};

		if (wants(&row, context))
			rows[(*count)++].id = row.id;
	}
	cursor_close(&cursor);
	for (size_t i = 0; !error && result >= 0 && i < *count; i++)
		error = store_case_get(store, arena, rows[i].id, &rows[i]);
	return result < 0 ? result : error;
}

int store_case_ended(struct store *store, struct arena *arena, int64_t report,
	struct case_row *rows, size_t room, size_t *count)
{
	return rows_find(store, arena,
		"SELECT " COLUMNS " FROM cases WHERE ended_by = ? AND ended_by > 0 LIMIT ?",
		PARAMS(p_int(report), p_int((int64_t)room)), rows, room, count);
}

/* '/' follows '.': an area and all below it. */
#define INSIDE "area >= ? AND area < ?"

static const char *behind(struct arena *arena, const char *area)
{
	return *area == '\0' ? "~" : arena_printf(arena, "%s/", area);
}

int store_case_due(struct store *store, struct arena *arena, const char *form, const char *area,
	const char *from, const char *to, size_t offset, struct case_row *rows, size_t room,
	size_t *count)
{
	return rows_find(store, arena,
		"SELECT " COLUMNS " FROM cases WHERE form = ? AND " INSIDE " AND closed IS NULL "
		"AND due >= ? AND due <= ? ORDER BY due, id LIMIT ? OFFSET ?",
		PARAMS(p_text(form), p_text(area), p_text(behind(arena, area)), p_text(from),
			p_text(to), p_int((int64_t)room), p_int((int64_t)offset)),
		rows, room, count);
}

int store_case_closed(struct store *store, struct arena *arena, const char *form, const char *area,
	const char *state, const char *from, const char *to, struct case_row *rows, size_t room,
	size_t *count)
{
	return rows_find(store, arena,
		"SELECT " COLUMNS " FROM cases WHERE form = ? AND " INSIDE " AND closed >= ? "
		"AND closed <= ? AND state = ? ORDER BY closed, id LIMIT ?",
		PARAMS(p_text(form), p_text(area), p_text(behind(arena, area)), p_text(from),
			p_text(to), p_text(state), p_int((int64_t)room)),
		rows, room, count);
}

int store_case_count(struct store *store, const char *form, const char *area, const char *day,
	bool risk, int64_t *count)
{
	char end[80];

	snprintf(end, sizeof(end), "%s/", area);
	return query_int(store,
		"SELECT (SELECT count(*) FROM cases WHERE form = ? AND " INSIDE " AND closed IS "
		"NULL AND opened <= ? AND risk >= ?) + (SELECT count(*) FROM cases WHERE form = ? "
		"AND closed > ? AND " INSIDE " AND opened <= ? AND risk >= ?)",
		PARAMS(p_text(form), p_text(area), p_text(end), p_text(day), p_int(risk),
			p_text(form), p_text(day), p_text(area), p_text(end), p_text(day),
			p_int(risk)),
		count);
}

int store_case_of(struct store *store, int64_t report, int64_t *id)
{
	int error = query_int(store, "SELECT case_id FROM case_reports WHERE report = ?",
		PARAMS(p_int(report)), id);

	if (error == ERR_NOT_FOUND)
		*id = 0;
	return error == ERR_NOT_FOUND ? OK : error;
}

int store_case_join(struct store *store, int64_t id, int64_t report, const char *date)
{
	return query_run(store,
		"INSERT INTO case_reports (report, case_id, date) VALUES (?,?,?) "
		"ON CONFLICT (report) DO UPDATE SET case_id = excluded.case_id, date = "
		"excluded.date",
		PARAMS(p_int(report), p_int(id), p_text(date)));
}

int store_case_leave(struct store *store, int64_t report)
{
	return query_run(store, "DELETE FROM case_reports WHERE report = ?", PARAMS(p_int(report)));
}

int store_case_reports(struct store *store, int64_t id, const char *until, int64_t *reports,
	size_t room, size_t *count)
{
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store,
		"SELECT report FROM case_reports WHERE case_id = ? AND date <= ? ORDER BY date "
		"DESC, report DESC LIMIT ?",
		PARAMS(p_int(id), p_text(until ? until : "9999"), p_int((int64_t)room)));
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		reports[(*count)++] = cursor_int(&cursor, 0);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

int store_case_newest(
	struct store *store, int64_t id, const char *month, int64_t but, int64_t *report)
{
	char from[16], to[16];
	int error;

	snprintf(from, sizeof(from), "%.7s-01", month);
	snprintf(to, sizeof(to), "%.7s-31", month);
	error = query_int(store,
		"SELECT report FROM case_reports WHERE case_id = ? AND date >= ? AND date <= ? AND "
		"report <> ? ORDER BY date DESC, report DESC LIMIT 1",
		PARAMS(p_int(id), p_text(from), p_text(to), p_int(but)), report);
	if (error == ERR_NOT_FOUND)
		*report = 0;
	return error == ERR_NOT_FOUND ? OK : error;
}

static const struct filed_sql without = FILED_ROWS("by_place", "SELECT id",
	"area = ? AND date >= ? AND date <= ? AND form = ?",
	" AND training = 0 AND status IN ('accepted', 'verified') AND NOT EXISTS (SELECT 1 FROM "
	"case_reports c WHERE c.report = reports.id) ORDER BY date, id LIMIT ?");

int store_case_without(struct store *store, const char *form, const char *area,
	const char *month, int64_t *reports, size_t room, size_t *count)
{
	char from[16], to[16];
	struct cursor cursor;
	int result = 0;

	snprintf(from, sizeof(from), "%.7s-01", month);
	snprintf(to, sizeof(to), "%.7s-31", month);
	*count = 0;
	cursor_open(&cursor, store, filed_sql(store, &without),
		PARAMS(p_text(area), p_text(from), p_text(to), p_text(form),
			p_int((int64_t)room)));
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		reports[(*count)++] = cursor_int(&cursor, 0);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

static int rows_each(struct store *store, const char *sql, const struct param *params,
	size_t nparam, case_each *each, void *context)
{
	struct arena *arena = arena_new();
	struct case_row row;
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, sql, params, nparam);
	while ((result = cursor_next(&cursor)) > 0) {
		row_read(&cursor, arena, &row);
		result = each(&row, context);
		if (result)
			break;
		arena_reset(arena);
	}
	cursor_close(&cursor);
	arena_free(arena);
	return result;
}

int store_case_at(struct store *store, const char *form, const char *area, const char *day,
	bool risk, case_each *each, void *context)
{
	char end[80];

	snprintf(end, sizeof(end), "%s/", area);
	return rows_each(store,
		"SELECT " COLUMNS " FROM cases WHERE form = ? AND " INSIDE " AND opened <= ? AND "
		"risk >= ? AND (closed IS NULL OR closed > ?) ORDER BY id" STATEMENT_WALKS,
		PARAMS(p_text(form), p_text(area), p_text(end), p_text(day), p_int(risk),
			p_text(day)),
		each, context);
}

int store_case_each(struct store *store, case_each *each, void *context)
{
	return rows_each(store, "SELECT " COLUMNS " FROM cases ORDER BY id" STATEMENT_WALKS, NULL,
		0, each, context);
}
