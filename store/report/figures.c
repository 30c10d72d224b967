/* Figures about the whole store: see figures.h. */
#include "store/report/figures.h"

#include "store/message/deadline.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define BACKUP "backup" /* key of meta */

int store_backup_note(struct store *store, int64_t now)
{
	return query_run(store,
		"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET "
		"value = excluded.value",
		PARAMS(p_text(BACKUP), p_int(now)));
}

static int store_risk(struct store *store, char *risk, size_t room)
{
	char detail[DETAIL_SIZE] = "";
	int error = store->driver->risk ? store->driver->risk(store->db, detail) : OK;

	(void)copy_string(risk, room, detail);
	return error ? store_fail(store, error) : OK;
}

int store_figures(struct store *store, int64_t late, const char *day, struct store_figures *out)
{
	int error;

	*out = (struct store_figures){0};
	error = store_risk(store, out->risk, sizeof(out->risk));
	if (!error)
		error = store_outbox_waiting(store, out->waiting);
	if (!error)
		error = query_int(store, "SELECT count(*) FROM deadlines WHERE due < ?",
			PARAMS(p_int(late)), &out->overdue);
	if (!error)
		error = query_int(store,
			"SELECT coalesce(min(due), 0) FROM deadlines WHERE due < ?",
			PARAMS(p_int(late)), &out->oldest_overdue);
	if (!error)
		error = query_int(store, "SELECT count(*) FROM human WHERE state = 'waiting'",
			NULL, 0, &out->human);
	if (!error)
		error = store_counter_get(store, "replies", "known", day, &out->answers);
	if (!error)
		error = store_counter_get(
			store, "replies", "stranger", day, &out->stranger_answers);
	if (!error)
		error = query_int(store,
			"SELECT coalesce(max(value), 0) FROM meta WHERE key = ?",
			PARAMS(p_text(BACKUP)), &out->backup);
	return error;
}

int store_id(struct store *store, char id[STORE_ID], int64_t *last)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, "SELECT value FROM identity WHERE key = 'store'", NULL, 0);
	result = cursor_next(&cursor);
	if (result > 0)
		copy_string(id, STORE_ID, cursor_peek(&cursor, 0));
	result = cursor_one(&cursor, result);
	if (result)
		return result;
	return query_int(store, "SELECT coalesce(max(id), 0) FROM inbound", NULL, 0, last);
}
