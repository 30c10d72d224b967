/* What is due later, and jobs that run once per period. See deadline.h. */
#include "store/message/deadline.h"

#include "store/statement/query.h"

int store_deadline_put(struct store *store, const struct deadline *deadline)
{
	return query_run(store,
		"INSERT INTO deadlines (kind, subject, due, step, data) VALUES (?,?,?,?,?) "
		"ON CONFLICT (kind, subject) DO UPDATE SET due = excluded.due, step = "
		"excluded.step, "
		"data = excluded.data",
		PARAMS(p_text(deadline->kind), p_text(deadline->subject), p_int(deadline->due),
			p_int(deadline->step), p_secret(deadline->data)));
}

int store_deadline_drop(struct store *store, const char *kind, const char *subject)
{
	return query_run(store, "DELETE FROM deadlines WHERE kind = ? AND subject = ?",
		PARAMS(p_text(kind), p_text(subject)));
}

static void row_read(const struct cursor *cursor, struct arena *arena, struct deadline *out)
{
	*out = (struct deadline){
		.id = cursor_int(cursor, 0),
		.kind = cursor_text(cursor, arena, 1),
		.subject = cursor_text(cursor, arena, 2),
		.due = cursor_int(cursor, 3),
		.step = (int)cursor_int(cursor, 4),
		.data = cursor_secret(cursor, arena, 5),
	};
}

int store_deadline_due(struct store *store, struct arena *arena, int64_t now, struct deadline *rows,
	size_t room, size_t *count)
{
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store,
		"SELECT id, kind, subject, due, step, data FROM deadlines WHERE due <= ? "
		"ORDER BY due, id LIMIT ? " SKIP_TAKEN,
		PARAMS(p_int(now), p_int((int64_t)room)));
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		row_read(&cursor, arena, &rows[(*count)++]);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

int store_deadline_get(struct store *store, struct arena *arena, const char *kind,
	const char *subject, struct deadline *out)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store,
		"SELECT id, kind, subject, due, step, data FROM deadlines WHERE kind = ? AND "
		"subject = ?",
		PARAMS(p_text(kind), p_text(subject)));
	result = cursor_next(&cursor);
	if (result > 0)
		row_read(&cursor, arena, out);
	return cursor_one(&cursor, result);
}

int store_deadline_of_kind(struct store *store, struct arena *arena, const char *kind,
	struct deadline *rows, size_t room, size_t *count)
{
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store,
		"SELECT id, kind, subject, due, step, data FROM deadlines WHERE kind = ? "
		"ORDER BY subject LIMIT ?",
		PARAMS(p_text(kind), p_int((int64_t)room)));
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		row_read(&cursor, arena, &rows[(*count)++]);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

int store_deadline_pull(struct store *store, const char *kind, int64_t after, int64_t due)
{
	return query_run(store, "UPDATE deadlines SET due = ? WHERE kind = ? AND due > ?",
		PARAMS(p_int(due), p_text(kind), p_int(after)));
}

int store_deadline_next(struct store *store, int64_t *due)
{
	return query_int(store, "SELECT coalesce(min(due), 0) FROM deadlines", NULL, 0, due);
}

int store_job_take(struct store *store, const char *job, const char *period, int64_t now)
{
	int64_t taken;
	int error = query_int(store,
		"INSERT INTO jobs (job, period, taken) VALUES (?,?,?) ON CONFLICT (job, period) DO "
		"NOTHING "
		"RETURNING taken",
		PARAMS(p_text(job), p_text(period), p_int(now)), &taken);

	return error == ERR_NOT_FOUND ? ERR_EXISTS : error;
}

int store_job_taken(struct store *store, const char *job, const char *period, bool *taken)
{
	int64_t count = 0;
	int error = query_int(store, "SELECT count(*) FROM jobs WHERE job = ? AND period = ?",
		PARAMS(p_text(job), p_text(period)), &count);

	*taken = count > 0;
	return error;
}
