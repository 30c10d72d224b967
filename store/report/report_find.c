/* Looking for reports: a filter becomes one statement with only the conditions it names. See
 * report.h. */
#include "store/base/filed.h"
#include "store/report/names.h"
#include "store/report/report.h"
#include "store/report/waits.h"
#include "store/secret/seal.h"
#include "store/statement/ahead.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#include <stdio.h>
#include <stdlib.h>

#define COLUMNS                                                                                    \
	"id, ref, kabupaten, version, form, status, area, posyandu, date, sender, fields, "        \
	"problems, "                                                                               \
	"notes, match_name, inbound, received, revised, original, training, actor, link, "        \
	"standing, verified, match_nik"

static const struct question by_id = {
	REPORT_ROW, "SELECT " COLUMNS " FROM reports WHERE id = ?", "I"};

static void row_read(const struct cursor *cursor, struct arena *arena, struct report_row *out)
{
	*out = (struct report_row){
		.id = cursor_int(cursor, 0),
		.ref = cursor_text(cursor, arena, 1),
		.kabupaten = cursor_text(cursor, arena, 2),
		.version = (int)cursor_int(cursor, 3),
		.form = cursor_text(cursor, arena, 4),
		.status = cursor_text(cursor, arena, 5),
		.area = cursor_text(cursor, arena, 6),
		.posyandu = cursor_text(cursor, arena, 7),
		.date = cursor_text(cursor, arena, 8),
		.sender = cursor_text(cursor, arena, 9),
		.fields = cursor_secret(cursor, arena, 10),
		.problems = cursor_secret(cursor, arena, 11),
		.notes = cursor_secret(cursor, arena, 12),
		.match_name = cursor_text(cursor, arena, 13),
		.inbound = cursor_int(cursor, 14),
		.received = cursor_int(cursor, 15),
		.revised = cursor_int(cursor, 16),
		.original = cursor_int(cursor, 17),
		.training = cursor_int(cursor, 18) != 0,
		.actor = cursor_text(cursor, arena, 19),
		.link = cursor_text(cursor, arena, 20),
		.standing = cursor_text(cursor, arena, 21),
		.verified = cursor_int(cursor, 22) != 0,
		.match_nik = cursor_text(cursor, arena, 23),
	};
}

static int rows_read(struct cursor *cursor, struct arena *arena, struct report_row *rows,
	size_t room, size_t *count)
{
	int result = 0;

	*count = 0;
	while (*count < room && (result = cursor_next(cursor)) > 0)
		row_read(cursor, arena, &rows[(*count)++]);
	cursor_close(cursor);
	return result < 0 ? result : OK;
}

int store_report_get(struct store *store, struct arena *arena, int64_t id, struct report_row *out)
{
	struct cursor cursor;
	size_t count;
	int error;

	cursor_open(&cursor, store, by_id.sql, PARAMS(p_int(id)));
	error = rows_read(&cursor, arena, out, 1, &count);
	if (error)
		return error;
	return count ? OK : ERR_NOT_FOUND;
}

int store_reports_expect(struct store *store, const int64_t *ids, size_t count)
{
	if (count < 2 || !ahead_helps(store))
		return OK;
	for (size_t i = 0; i < count; i++)
		ahead_foresee(store, &by_id, ROW(p_int(ids[i])));
	return ahead_read(store);
}

/* What stays the same in every version comes from the report itself. */
int store_report_versions(struct store *store, struct arena *arena, int64_t id,
	struct report_row *rows, size_t room, size_t *count)
{
	struct cursor cursor;

	cursor_open(&cursor, store,
		"SELECT r.id, ref, kabupaten, v.version, v.form, v.status, v.area, v.posyandu, "
		"v.date, "
		"sender, v.fields, v.problems, v.notes, v.match_name, inbound, received, "
		"v.revised, "
		"v.original, v.training, v.actor, v.link, v.standing, v.verified, NULL "
		"FROM report_versions v JOIN reports r ON r.id = v.report "
		"WHERE v.report = ? UNION ALL SELECT " COLUMNS " FROM reports WHERE id = ? "
		"ORDER BY 4 LIMIT ?",
		PARAMS(p_int(id), p_int(id), p_int((int64_t)room)));
	return rows_read(&cursor, arena, rows, room, count);
}

#define EVERYWHERE "area IN (SELECT code FROM areas UNION ALL SELECT '')"

struct where {
	const struct store *store;
	struct strbuf sql;
	struct param params[PARAMS_MAX];
	size_t count;
	bool walk; /* all that match, by id */
	bool begun; /* a condition stands there */
};

static void where_add(struct where *where, const char *condition, struct param param)
{
	strbuf_puts(&where->sql, where->begun ? " AND " : " WHERE ");
	where->begun = true;
	strbuf_puts(&where->sql, condition);
	if (param.type != PARAM_NULL)
		where->params[where->count++] = param;
}

static void where_text(struct where *where, const char *condition, const char *text)
{
	if (text)
		where_add(where, condition, p_text(text));
}

static void where_int(struct where *where, const char *condition, int64_t value)
{
	if (value)
		where_add(where, condition, p_int(value));
}

static void where_flag(struct where *where, const char *condition, bool flag)
{
	if (flag)
		where_add(where, condition, p_text(NULL));
}

/* '/' follows '.': the range holds the code itself and everything below it, and nothing else. A
 * walk in the order of ids must not come from an index: sorting would keep all rows in memory. */
static void where_area(struct where *where, struct arena *arena, const char *prefix)
{
	bool walk = where->walk;

	if (!prefix || !*prefix)
		return;
	where_add(where, walk ? "coalesce(area, '') >= ?" : "area >= ?", p_text(prefix));
	where_add(where, walk ? "coalesce(area, '') < ?" : "area < ?",
		p_text(arena_printf(arena, "%s/", prefix)));
}

/* Of each place below the days: what waited for years is not walked. */
static void where_places(struct where *where, struct arena *arena, const char *prefix)
{
	where_add(where, "area IN (SELECT code FROM areas WHERE code >= ?", p_text(prefix));
	where_add(where, "code < ?)", p_text(arena_printf(arena, "%s/", prefix)));
}

static void where_days(struct where *where, const struct report_filter *filter)
{
	if (filter->undated) {
		where_add(where, "((date >= ?", p_text(filter->date_from));
		where_add(where, "date <= ?)", p_text(filter->date_to));
		strbuf_puts(&where->sql, " OR (date IS NULL");
		where_add(where, "received >= ?", p_int(filter->received_from));
		where_add(where, "received <= ?))", p_int(filter->received_to));
		return;
	}
	where_text(where, "date >= ?", filter->date_from);
	where_text(where, "date <= ?", filter->date_to);
	where_int(where, "received >= ?", filter->received_from);
	where_int(where, "received <= ?", filter->received_to);
}

/* Under each key that a rotation may have left rows with, and open while a store gets its first. */
static void where_nik(struct where *where, struct arena *arena, const char *nik)
{
	const struct keys *keys = where->store->keys;

	if (!nik || !keys) {
		where_text(where, "match_nik = ?", nik);
		return;
	}
	for (size_t i = 0; i < keys->count; i++) {
		char *hash = arena_alloc(arena, SEAL_HASH);

		seal_lookup(&keys->of[i], nik, hash);
		if (i == 0) {
			where_add(where, "match_nik IN (?", p_text(hash));
			continue;
		}
		strbuf_puts(&where->sql, ", ?");
		where->params[where->count++] = p_text(hash);
	}
	if (where->store->unsealed) {
		strbuf_puts(&where->sql, ", ?");
		where->params[where->count++] = p_text(nik);
	}
	strbuf_puts(&where->sql, ")");
}

/* Of a posyandu: those that name somebody are filed, the others have an index. */
static void from_reports(struct where *where, const struct report_filter *filter)
{
	if (!files_later(where->store) || where->walk || filter->waiting || filter->ref ||
		!filter->posyandu || filter->unnamed) {
		strbuf_puts(&where->sql, " FROM reports");
		return;
	}
	strbuf_puts(&where->sql, " FROM (SELECT id AS filed FROM by_posyandu");
	where_add(where, "posyandu = ?", p_text(filter->posyandu));
	where_text(where, "form = ?", filter->form);
	where_text(where, "date >= ?", filter->undated ? NULL : filter->date_from);
	where_text(where, "date <= ?", filter->undated ? NULL : filter->date_to);
	strbuf_puts(&where->sql, ") CROSS JOIN reports ON id = filed");
	where->begun = false;
}

/* Which of them the tables by place and teller know, where nothing narrower does. */
static void where_filed(
	struct where *where, struct arena *arena, const struct report_filter *filter)
{
	const char *prefix = filter->area_prefix;

	if (!files_later(where->store) || where->walk || filter->waiting || filter->ref ||
		filter->original || filter->match_nik || filter->posyandu)
		return;
	if (filter->sender) {
		where_add(where, "id IN (SELECT id FROM by_teller WHERE sender = ?",
			p_text(filter->sender));
	} else if (prefix && *prefix) {
		where_add(where, "id IN (SELECT id FROM by_place WHERE area >= ?", p_text(prefix));
		where_add(where, "area < ?", p_text(arena_printf(arena, "%s/", prefix)));
	} else if (filter->match_name) {
		where_flag(where, "id IN (SELECT id FROM by_place WHERE " EVERYWHERE, true);
	} else {
		return;
	}
	where_text(where, "match_name = ?", filter->match_name);
	where_text(where, "date >= ?", filter->undated ? NULL : filter->date_from);
	strbuf_puts(&where->sql, ")");
}

static void where_of(struct where *where, struct arena *arena, const struct report_filter *filter)
{
	from_reports(where, filter);
	where_filed(where, arena, filter);
	where_text(where, "ref = ?", filter->ref);
	where_text(where, "kabupaten = ?", filter->kabupaten);
	if (filter->waiting && filter->date_from && filter->area_prefix && !filter->undated)
		where_places(where, arena, filter->area_prefix);
	else
		where_area(where, arena, filter->area_prefix);
	where_text(where, "form = ?", filter->form);
	where_text(where, "status = ?", filter->status);
	where_text(where, "sender = ?", filter->sender);
	where_text(where, "posyandu = ?", filter->posyandu);
	where_flag(where, "match_name IS NULL",
		filter->unnamed && filter->posyandu && files_later(where->store));
	where_text(where, "match_name = ?", filter->match_name);
	/* one index for names, by place: of each place the days and the name */
	where_flag(where, EVERYWHERE, filter->match_name && !filter->area_prefix);
	where_nik(where, arena, filter->match_nik);
	where_int(where, "inbound = ?", filter->inbound);
	where_days(where, filter);
	if (filter->original) { /* original > 0 lets the partial index be used */
		where_flag(where, "original > 0", true);
		where_int(where, "original = ?", filter->original);
	}
	where_flag(where, "status IN ('accepted', 'verified')", filter->counted);
	where_flag(where, REPORT_WAITS, filter->waiting);
	where_flag(where, "training = 0", !filter->with_training);
}

int store_report_find(struct store *store, struct arena *arena, const struct report_filter *filter,
	struct report_row *rows, size_t room, size_t *count)
{
	struct where where = {.store = store};
	struct strbuf sql = {0};
	struct cursor cursor;
	bool any = true;
	int error =
		filter->waiting ? waits_any(store, filter->sender, filter->area_prefix, &any) : OK;

	*count = 0;
	if (error || !any)
		return error;
	strbuf_puts(&sql, "SELECT " COLUMNS);
	where_of(&where, arena, filter);
	strbuf_puts(&sql, where.sql.text);
	strbuf_puts(&sql, " ORDER BY received DESC, id DESC LIMIT ?");
	where.params[where.count++] = p_int((int64_t)room);
	cursor_open(&cursor, store, sql.text, where.params, where.count);
	error = rows_read(&cursor, arena, rows, room, count);
	strbuf_free(&where.sql);
	strbuf_free(&sql);
	return error;
}

int store_report_any(
	struct store *store, struct arena *arena, const struct report_filter *filter, bool *any)
{
	struct where where = {.store = store};
	struct strbuf sql = {0};
	int64_t one;
	int error;

	strbuf_puts(&sql, "SELECT 1");
	where_of(&where, arena, filter);
	strbuf_puts(&sql, where.sql.text);
	strbuf_puts(&sql, " LIMIT 1");
	error = query_int(store, sql.text, where.params, where.count, &one);
	*any = error == OK;
	strbuf_free(&where.sql);
	strbuf_free(&sql);
	return error == ERR_NOT_FOUND ? OK : error;
}

/* Of a posyandu or a desa, and of some days: brought by an index, and sorted. */
static bool is_narrow(const struct report_filter *filter)
{
	int dots = 0;

	for (const char *at = filter->area_prefix; at && *at; at++)
		dots += *at == '.';
	return filter->date_from && (filter->posyandu || dots >= 3);
}

int store_report_each(struct store *store, const struct report_filter *filter,
	int (*each)(const struct report_row *row, void *context), void *context)
{
	struct arena *filter_arena = arena_new(), *arena = arena_new();
	/* those that wait are few and have an index of their own */
	struct where where = {
		.store = store, .walk = !filter->waiting && !is_narrow(filter)};
	struct strbuf sql = {0};
	struct report_row row;
	struct cursor cursor;
	int result;

	strbuf_puts(&sql, "SELECT " COLUMNS);
	where_of(&where, filter_arena, filter);
	strbuf_puts(&sql, where.sql.text);
	strbuf_puts(&sql, where.walk ? " ORDER BY id " STATEMENT_WALKS : " ORDER BY +id");
	cursor_open(&cursor, store, sql.text, where.params, where.count);
	while ((result = cursor_next(&cursor)) > 0) {
		row_read(&cursor, arena, &row);
		result = each(&row, context);
		if (result)
			break;
		arena_reset(arena);
	}
	cursor_close(&cursor);
	strbuf_free(&where.sql);
	strbuf_free(&sql);
	arena_free(filter_arena);
	arena_free(arena);
	return result;
}
