/* Folding: what the log and the batch hold of tallies goes where it is counted. See merge.h.
 *
 * A long log is folded in slices, each in a transaction of its own. First its rows are merged in
 * memory and written back to it as runs: what many batches added to a cell is one line, and each
 * run is the next part of all in the order of tables and keys, so that a slice is a run and its
 * cells are neighbours. At any moment an addition is in the log or in its cell, once. Runs have
 * numbers below nought. Where several write, whoever folds takes all rows at once. */
#include "store/base/merge.h"

#include <stdlib.h>
#include <string.h>

#include "store/base/merge_log.h"
#include "store/base/merge_state.h"
#include "store/driver/sharing.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define LOG_OCTETS (4 << 20) /* longer is due to be folded */
#define CELLS	   25000 /* merged in memory at a time: some 4 MB and 30 ms */
#define RUN_CELLS  4000 /* of a slice: some 10 ms */

#define LOG_ALL	 "SELECT data, id FROM tally_log ORDER BY id"
#define LOG_RAW	 "SELECT data, id FROM tally_log WHERE id > 0 ORDER BY id"
#define LOG_RUN	 "SELECT data, id FROM tally_log WHERE id < 0 ORDER BY id LIMIT 1"
#define LOG_TAKE "DELETE FROM tally_log RETURNING data"

static int lines_take(struct store *store, char *data)
{
	struct logged_line line;
	bool any = true;
	int error = OK;

	while (!error && any) {
		error = logged_next(&data, &line, &any);
		if (error || !any)
			break;
		logged_note(store, &line, -1);
		merge_add(store, line.table, line.parts, line.delta);
	}
	return error;
}

/* Where several write at once one folds at a time. */
static int log_lock(struct store *store)
{
	static const int64_t key = INT64_MAX; /* no place's nor phone's: store/base/lock.c */
	int error = store->driver->sharing ? store->driver->sharing->lock(store->db, &key, 1) : OK;

	return error ? store_fail(store, error) : OK;
}

static size_t cells(const struct store *store)
{
	return store->merge ? HASH_COUNT(store->merge->additions) : 0;
}

static int row_take(struct store *store, const struct cursor *cursor)
{
	char *copy = xstrdup(cursor_peek(cursor, 0));
	size_t length = strlen(copy);
	int error = lines_take(store, copy);

	store->log_octets -= length < store->log_octets ? length : store->log_octets;
	free(copy);
	return error;
}

/* Rows become additions of the batch, until there are so many cells; *last: the number of the last
 * one, 0: none. */
static int rows_take(struct store *store, const char *sql, bool *full, int64_t *last)
{
	struct cursor cursor;
	int result = 0, error = OK;

	*last = 0;
	*full = false;
	cursor_open(&cursor, store, sql, NULL, 0);
	while (!error && !*full && (result = cursor_next(&cursor)) > 0) {
		error = row_take(store, &cursor);
		*last = cursor_int(&cursor, 1);
		*full = cells(store) > CELLS;
	}
	cursor_close(&cursor);
	return error ? error : result < 0 ? result : OK;
}

static int take_all(struct store *store)
{
	struct cursor cursor;
	int result = 0, error = log_lock(store);

	if (error)
		return error;
	cursor_open(&cursor, store, LOG_TAKE, NULL, 0);
	while (!error && (result = cursor_next(&cursor)) > 0)
		error = row_take(store, &cursor);
	cursor_close(&cursor);
	return error ? error : result < 0 ? result : OK;
}

int merge_fold(struct store *store)
{
	bool full = true;
	int64_t last;
	int error = OK;

	if (store->driver->sharing) {
		full = false;
		error = take_all(store);
	}
	while (!error && full) {
		error = rows_take(store, LOG_ALL, &full, &last);
		if (!error && last)
			error = query_run(store, "DELETE FROM tally_log WHERE id <= ?",
				PARAMS(p_int(last)));
		if (!error && full)
			error = merge_write_tallies(store, TALLIES);
	}
	if (error)
		return error;
	store->log_octets = 0;
	store->log_longer = false;
	if (!store->driver->sharing)
		logged_none(store);
	return merge_write_tallies(store, TALLIES);
}

/* The next so many as a run; false: a part would not come back as it is. */
static bool run_text(struct addition **sorted, size_t count, struct strbuf *text)
{
	for (size_t i = 0; i < count; i++) {
		if (!merge_line(text, sorted[i]))
			return false;
	}
	return true;
}

static int run_put(struct store *store, struct addition **sorted, size_t count, int64_t id)
{
	struct strbuf text = {0};
	int error = run_text(sorted, count, &text) ? OK : ERR_STORE;

	if (!error)
		error = query_run(store, "INSERT INTO tally_log (id, data) VALUES (?, ?)",
			PARAMS(p_int(id), p_text(text.text)));
	for (size_t i = 0; !error && i < count; i++)
		merge_note(store, sorted[i]);
	store->log_octets += text.length;
	strbuf_free(&text);
	return error;
}

/* What was taken from the log goes back to it as runs. */
static int runs_put(struct store *store)
{
	struct addition **sorted;
	size_t count;
	int64_t runs;
	int error = OK;

	merge_expand(store);
	sorted = merge_take(store, TALLIES, &count);
	runs = (int64_t)((count + RUN_CELLS - 1) / RUN_CELLS);
	for (size_t at = 0; !error && at < count; at += RUN_CELLS)
		error = run_put(store, sorted + at,
			count - at < RUN_CELLS ? count - at : RUN_CELLS, -runs--);
	free(sorted);
	return error;
}

static int run_fold(struct store *store, int64_t id, bool *more)
{
	int64_t next;
	int error = query_run(store, "DELETE FROM tally_log WHERE id = ?", PARAMS(p_int(id)));

	if (!error)
		error = merge_write_tallies(store, TALLIES);
	if (error)
		return error;
	error = query_int(store, "SELECT id FROM tally_log WHERE id < 0 LIMIT 1", NULL, 0, &next);
	*more = !error || store->log_longer;
	return error == ERR_NOT_FOUND ? OK : error;
}

/* Few are folded at once. */
static int raw_fold(struct store *store, bool *more)
{
	bool full;
	int64_t last;
	int error = rows_take(store, LOG_RAW, &full, &last);

	*more = full || cells(store) > RUN_CELLS;
	store->log_longer = full;
	if (!error && last)
		error = query_run(store, "DELETE FROM tally_log WHERE id > 0 AND id <= ?",
			PARAMS(p_int(last)));
	if (error)
		return error;
	if (!full && !*more) {
		store->log_octets = 0;
		logged_none(store);
	}
	return *more ? runs_put(store) : merge_write_tallies(store, TALLIES);
}

int merge_fold_some(struct store *store, bool *more)
{
	bool full;
	int64_t run;
	int error;

	*more = false;
	if (store->driver->sharing)
		return merge_fold(store);
	error = rows_take(store, LOG_RUN, &full, &run);
	if (error)
		return error;
	return run ? run_fold(store, run, more) : raw_fold(store, more);
}

bool merge_fold_due(const struct store *store)
{
	return store->log_octets >= LOG_OCTETS;
}

int merge_named(struct store *store, const char *const *parts, int64_t *delta)
{
	int error = OK;

	*delta = 0;
	if (store->read_only)
		return OK;
	if (!store->driver->sharing)
		error = logged_find(store, parts, delta);
	for (enum merge_table table = MERGE_NAMED; table <= MERGE_NAMED_YEAR; table++)
		*delta += merge_pending(store, table, parts);
	return error;
}

int merge_waits(struct store *store, bool *waits)
{
	int64_t one;
	int error;

	*waits = store->merge && store->merge->tallies > 0;
	if (*waits)
		return OK;
	error = query_int(store, "SELECT id FROM tally_log LIMIT 1", NULL, 0, &one);
	*waits = !error;
	return error == ERR_NOT_FOUND ? OK : error;
}
