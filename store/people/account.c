/* Accounts of the web front, outlines of areas. See account.h. */
#include "store/people/account.h"

#include <stdio.h>

#include "store/statement/query.h"

#define COLUMNS "name, hash, full_name, role, areas, state, epoch"

static void row_read(const struct cursor *cursor, struct arena *arena, struct account *out)
{
	*out = (struct account){
		.name = cursor_text(cursor, arena, 0),
		.hash = cursor_text(cursor, arena, 1),
		.full_name = cursor_text(cursor, arena, 2),
		.role = cursor_text(cursor, arena, 3),
		.areas = cursor_text(cursor, arena, 4),
		.state = cursor_text(cursor, arena, 5),
		.epoch = cursor_int(cursor, 6),
	};
}

int store_account_get(
	struct store *store, struct arena *arena, const char *name, struct account *out)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, "SELECT " COLUMNS " FROM accounts WHERE name = ?",
		PARAMS(p_text(name)));
	result = cursor_next(&cursor);
	if (result > 0)
		row_read(&cursor, arena, out);
	return cursor_one(&cursor, result);
}

int store_account_put(struct store *store, const struct account *account)
{
	return query_run(store,
		"INSERT INTO accounts (" COLUMNS ") VALUES (?,?,?,?,?,?,1) "
		"ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, "
		"full_name = excluded.full_name, role = excluded.role, areas = excluded.areas, "
		"state = excluded.state, epoch = accounts.epoch + 1",
		PARAMS(p_text(account->name), p_text(account->hash), p_text(account->full_name),
			p_text(account->role), p_text(account->areas), p_text(account->state)));
}

int store_account_change(struct store *store, const char *name, const char *hash, const char *state)
{
	int64_t epoch;

	return query_int(store,
		"UPDATE accounts SET hash = coalesce(?, hash), state = coalesce(?, state), "
		"epoch = epoch + 1 WHERE name = ? RETURNING epoch",
		PARAMS(p_text(hash), p_text(state), p_text(name)), &epoch);
}

int store_account_list(
	struct store *store, struct arena *arena, struct account *rows, size_t room, size_t *count)
{
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store, "SELECT " COLUMNS " FROM accounts ORDER BY name", NULL, 0);
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		row_read(&cursor, arena, &rows[(*count)++]);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

int store_outline_put(struct store *store, const char *code, const char *rings)
{
	return query_run(store,
		"INSERT INTO outlines (code, rings) VALUES (?, ?) "
		"ON CONFLICT (code) DO UPDATE SET rings = excluded.rings",
		PARAMS(p_text(code), p_text(rings)));
}

/* '/' follows '.': the range holds everything below the code. */
int store_outline_each(struct store *store, const char *parent,
	int (*each)(const char *code, const char *rings, void *context), void *context)
{
	char from[64], to[64];
	struct cursor cursor;
	int result;

	snprintf(from, sizeof(from), "%s.", parent);
	snprintf(to, sizeof(to), "%s/", parent);
	cursor_open(&cursor, store,
		"SELECT o.code, rings FROM outlines o WHERE o.code >= ? AND o.code < ? ORDER BY "
		"o.code",
		PARAMS(p_text(from), p_text(to)));
	while ((result = cursor_next(&cursor)) > 0) {
		result = each(cursor_peek(&cursor, 0), cursor_peek(&cursor, 1), context);
		if (result)
			break;
	}
	cursor_close(&cursor);
	return result;
}
