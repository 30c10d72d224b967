/* Yearly target populations: see target.h. */
#include "store/report/target.h"

#include "store/statement/query.h"

int store_target_put(struct store *store, const struct target_row *row, bool *changed)
{
	int64_t old = -1;
	int error = query_int(store,
		"SELECT value FROM targets WHERE place = ? AND name = ? AND year = ?",
		PARAMS(p_text(row->place), p_text(row->name), p_int(row->year)), &old);

	if (error == ERR_NOT_FOUND)
		error = OK;
	*changed = old != row->value;
	if (error != OK || !*changed)
		return error;
	return query_run(store,
		"INSERT INTO targets (place, name, year, value) VALUES (?,?,?,?) "
		"ON CONFLICT (place, name, year) DO UPDATE SET value = excluded.value",
		PARAMS(p_text(row->place), p_text(row->name), p_int(row->year),
			p_int(row->value)));
}

int store_target_each(struct store *store, const char *name, int year,
	int (*each)(const struct target_row *row, void *context), void *context)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store,
		"SELECT place, value FROM targets WHERE name = ? AND year = ? ORDER BY place",
		PARAMS(p_text(name), p_int(year)));
	while ((result = cursor_next(&cursor)) > 0) {
		const struct target_row row = {.place = cursor_peek(&cursor, 0),
			.name = name,
			.year = year,
			.value = cursor_int(&cursor, 1)};

		result = each(&row, context);
		if (result != OK)
			break;
	}
	cursor_close(&cursor);
	return result;
}
