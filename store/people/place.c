/* Places as rows: areas, puskesmas, posyandu. Written by imports; never deleted. See person.h. */
#include <string.h>

#include "store/base/span.h"
#include "store/people/person.h"
#include "store/statement/query.h"

/* Says what a row is before it is written: 0 as wanted, 1 different, 2 not there. */
static int compare(struct store *store, const char *sql, const struct param *params, size_t count,
	int *changed)
{
	int64_t equal;
	int error = query_int(store, sql, params, count, &equal);

	*changed = error == ERR_NOT_FOUND ? 2 : equal ? 0 : 1;
	return error == ERR_NOT_FOUND ? OK : error;
}

int store_area_put(struct store *store, const char *code, const char *parent, const char *level,
	const char *name, int *changed)
{
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	if (parent && !*parent)
		parent = NULL;
	error = compare(store,
		"SELECT CASE WHEN coalesce(parent, '') = ? AND level = ? AND name = ? AND active = "
		"1 "
		"THEN 1 ELSE 0 END FROM areas WHERE code = ?",
		PARAMS(p_text(parent ? parent : ""), p_text(level), p_text(name), p_text(code)),
		changed);
	if (!error && *changed) {
		store_places_changed(store);
		error = query_run(store,
			"INSERT INTO areas (code, parent, level, name, active) VALUES (?,?,?,?,1) "
			"ON CONFLICT (code) DO UPDATE SET parent = excluded.parent, level = "
			"excluded.level, "
			"name = excluded.name, active = 1, closed = NULL",
			PARAMS(p_text(code), p_text(parent), p_text(level), p_text(name)));
	}
	return span_end(&span, error);
}

int store_puskesmas_put(
	struct store *store, const char *id, const char *name, const char *areas, int *changed)
{
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	error = compare(store,
		"SELECT CASE WHEN name = ? AND areas = ? AND active = 1 THEN 1 ELSE 0 END FROM "
		"puskesmas "
		"WHERE id = ?",
		PARAMS(p_text(name), p_text(areas), p_text(id)), changed);
	if (!error && *changed) {
		store_places_changed(store);
		error = query_run(store,
			"INSERT INTO puskesmas (id, name, areas, active) VALUES (?,?,?,1) "
			"ON CONFLICT (id) DO UPDATE SET name = excluded.name, areas = "
			"excluded.areas, "
			"active = 1",
			PARAMS(p_text(id), p_text(name), p_text(areas)));
	}
	return span_end(&span, error);
}

int store_posyandu_put(
	struct store *store, const char *id, const char *name, const char *area, int *changed)
{
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	error = compare(store,
		"SELECT CASE WHEN name = ? AND area = ? AND active = 1 THEN 1 ELSE 0 END FROM "
		"posyandu "
		"WHERE id = ?",
		PARAMS(p_text(name), p_text(area), p_text(id)), changed);
	if (!error && *changed) {
		store_places_changed(store);
		error = query_run(store,
			"INSERT INTO posyandu (id, name, area, active) VALUES (?,?,?,1) "
			"ON CONFLICT (id) DO UPDATE SET name = excluded.name, area = "
			"excluded.area, "
			"active = 1, closed = NULL",
			PARAMS(p_text(id), p_text(name), p_text(area)));
	}
	return span_end(&span, error);
}

static const struct {
	const char *what, *sql;
} deactivations[] = {
	{"areas", "UPDATE areas SET active = 0, closed = ? WHERE code = ? AND active = 1 "
		  "RETURNING 1"},
	{"puskesmas", "UPDATE puskesmas SET active = 0 WHERE ? <> '' AND id = ? AND active = 1 "
		      "RETURNING 1"},
	{"posyandu", "UPDATE posyandu SET active = 0, closed = ? WHERE id = ? AND active = 1 "
		     "RETURNING 1"},
	{"people", "UPDATE people SET state = 'inactive' WHERE ? <> '' AND state = 'active' AND "
		   "id = (SELECT person FROM phones WHERE phone = ?) RETURNING 1"},
};

int store_place_deactivate(
	struct store *store, const char *what, const char *key, const char *today)
{
	struct span span;
	int64_t one;
	int error = ERR_NOT_FOUND, begin = span_begin(&span, store);

	if (begin)
		return begin;
	for (size_t i = 0; i < COUNT_OF(deactivations); i++) {
		if (strcmp(deactivations[i].what, what) == 0)
			error = query_int(store, deactivations[i].sql,
				PARAMS(p_text(today), p_text(key)), &one);
	}
	if (!error)
		store_places_changed(store);
	return span_end(&span, error);
}

int store_closed_name(
	struct store *store, struct arena *arena, const char *code, const char **name)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store,
		"SELECT name FROM posyandu WHERE id = ? UNION ALL SELECT name FROM areas WHERE "
		"code = ?",
		PARAMS(p_text(code), p_text(code)));
	result = cursor_next(&cursor);
	if (result > 0)
		*name = cursor_text(&cursor, arena, 0);
	return cursor_one(&cursor, result);
}

static const struct {
	const char *what, *sql;
	int columns;
} lists[] = {
	{"areas", "SELECT code, active, coalesce(parent, ''), level, name FROM areas ORDER BY code",
		3},
	{"puskesmas", "SELECT id, active, name, areas FROM puskesmas ORDER BY id", 2},
	{"posyandu", "SELECT id, active, name, area FROM posyandu ORDER BY id", 2},
	{"people",
		"SELECT phone, CASE WHEN state IN ('inactive', 'waiting') THEN 0 ELSE 1 END, name, "
		"role, "
		"areas, coalesce(posyandu, ''), language FROM phones f JOIN people p ON p.id = "
		"f.person "
		"ORDER BY phone",
		5},
};

static void place_read(const struct cursor *cursor, int columns, struct place_row *row)
{
	*row = (struct place_row){
		.key = cursor_peek(cursor, 0), .active = cursor_int(cursor, 1) != 0};
	for (int i = 0; i < columns; i++)
		row->columns[i] = cursor_peek(cursor, i + 2);
}

int store_place_each(struct store *store, const char *what,
	int (*each)(const struct place_row *row, void *context), void *context)
{
	struct place_row row;
	struct cursor cursor;
	int result = ERR_NOT_FOUND;

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		if (strcmp(lists[i].what, what) != 0)
			continue;
		cursor_open(&cursor, store, lists[i].sql, NULL, 0);
		while ((result = cursor_next(&cursor)) > 0) {
			place_read(&cursor, lists[i].columns, &row);
			result = each(&row, context);
			if (result)
				break;
		}
		cursor_close(&cursor);
	}
	return result;
}
