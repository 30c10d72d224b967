/* The human inbox and the append-only audit trail. See deadline.h. */
#include "store/message/deadline.h"
#include "store/base/chain.h"
#include "store/base/span.h"

int store_human_put(struct store *store, const struct human_row *row)
{
	return query_run(store,
		"INSERT INTO human (inbound, received, phone, text, state) VALUES (?,?,?,?,?)",
		PARAMS(p_int(row->inbound), p_int(row->received), p_text(row->phone),
			p_secret(row->text), p_text(row->state ? row->state : "waiting")));
}

static void human_read(const struct cursor *cursor, struct arena *arena, struct human_row *out)
{
	*out = (struct human_row){
		.id = cursor_int(cursor, 0),
		.inbound = cursor_int(cursor, 1),
		.received = cursor_int(cursor, 2),
		.phone = cursor_text(cursor, arena, 3),
		.text = cursor_secret(cursor, arena, 4),
		.state = cursor_text(cursor, arena, 5),
	};
}

static int rows_read(struct cursor *cursor, struct arena *arena, struct human_row *rows,
	size_t room, size_t *count)
{
	int result = 0;

	*count = 0;
	while (*count < room && (result = cursor_next(cursor)) > 0)
		human_read(cursor, arena, &rows[(*count)++]);
	cursor_close(cursor);
	return result < 0 ? result : OK;
}

int store_human_list(struct store *store, struct arena *arena, const char *state,
	struct human_row *rows, size_t room, size_t *count)
{
	struct cursor cursor;

	cursor_open(&cursor, store,
		"SELECT id, inbound, received, phone, text, state FROM human WHERE state = ? ORDER "
		"BY id LIMIT ?",
		PARAMS(p_text(state), p_int((int64_t)room)));
	return rows_read(&cursor, arena, rows, room, count);
}

int store_human_of_people(struct store *store, struct arena *arena, int64_t after, int64_t since,
	struct human_row *rows, size_t room, size_t *count)
{
	struct cursor cursor;

	cursor_open(&cursor, store,
		"SELECT h.id, h.inbound, h.received, h.phone, h.text, h.state FROM human h "
		"JOIN phones f ON f.phone = h.phone JOIN people p ON p.id = f.person "
		"WHERE h.state = 'waiting' AND p.state IN ('active', 'blocked') AND h.id > ? "
		"AND h.received >= ? ORDER BY h.id LIMIT ?",
		PARAMS(p_int(after), p_int(since), p_int((int64_t)room)));
	return rows_read(&cursor, arena, rows, room, count);
}

int store_human_get(struct store *store, struct arena *arena, int64_t id, struct human_row *out)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store,
		"SELECT id, inbound, received, phone, text, state FROM human WHERE id = ?",
		PARAMS(p_int(id)));
	result = cursor_next(&cursor);
	if (result > 0)
		human_read(&cursor, arena, out);
	return cursor_one(&cursor, result);
}

int store_human_answered(struct store *store, int64_t id)
{
	int64_t found;

	return query_int(store, "UPDATE human SET state = 'answered' WHERE id = ? RETURNING id",
		PARAMS(p_int(id)), &found);
}

int store_audit_put(struct store *store, int64_t now, const char *actor, const char *action,
	const char *subject, const char *old_value, const char *new_value)
{
	struct span span;
	int error = span_begin(&span, store);

	if (!error)
		chain_add(store,
			&(struct chain_entry){now, actor, action, subject, old_value, new_value});
	return span_end(&span, error);
}

int store_audit_list(struct store *store, struct arena *arena, const char *subject,
	struct audit_row *rows, size_t room, size_t *count)
{
	struct cursor cursor;
	int result = chain_flush(store);

	*count = 0;
	if (result)
		return result;
	cursor_open(&cursor, store,
		"SELECT at, actor, action, subject, old_value, new_value FROM audit WHERE subject "
		"= ? "
		"ORDER BY id LIMIT ?",
		PARAMS(p_text(subject), p_int((int64_t)room)));
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		rows[(*count)++] = (struct audit_row){
			.at = cursor_int(&cursor, 0),
			.actor = cursor_text(&cursor, arena, 1),
			.action = cursor_text(&cursor, arena, 2),
			.subject = cursor_text(&cursor, arena, 3),
			.old_value = cursor_secret(&cursor, arena, 4),
			.new_value = cursor_secret(&cursor, arena, 5),
		};
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}
