/* The newest reports are filed together: see filed.h. */
#include "store/base/filed.h"

#include "store/base/ids.h"
#include "store/driver/driver.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

/* So many are not filed: a question by place or teller reads as many rows. Among many reports
 * hardly two share a page of a tree, so that a large pile saves nothing and takes memory. */
#define MOST	  2048
#define MANY	  131072 /* reports ... */
#define MOST_THEN 512	 /* ... and no more than this not filed */
#define ONCE  4096 /* filed at once: messages wait meanwhile */
#define MARK  "filed" /* key of meta: the last that is */

bool files_later(const struct store *store)
{
	return store->driver->files_later;
}

const char *filed_sql(const struct store *store, const struct filed_sql *sql)
{
	return files_later(store) ? sql->later : sql->at_once;
}

/* The last report that is filed; a foreign write or a rollback may have moved it. */
int filed_last(struct store *store)
{
	int error = OK;

	if (store->filed.known && store->filed.generation == store->generation)
		return OK;
	error = query_int(store, "SELECT value FROM meta WHERE key = ?", PARAMS(p_text(MARK)),
		&store->filed.last);
	store->filed.known = error == OK;
	store->filed.generation = store->generation;
	return error;
}

/* In the order of the keys, so that each page is touched once. */
int filed_add(struct store *store, int64_t newest)
{
	int64_t last = newest - store->filed.last > ONCE ? store->filed.last + ONCE : newest;
	const struct param from = p_int(store->filed.last), to = p_int(last);
	int error = query_run(store,
		"INSERT INTO report_places (area, date, match_name, form, id) SELECT area, "
		"coalesce(date, ''), coalesce(match_name, ''), form, id FROM reports WHERE id > ? "
		"AND id <= ? ORDER BY 1, 2, 3, 4, 5",
		PARAMS(from, to));

	if (!error)
		error = query_run(store,
			"INSERT INTO report_tellers (run, sender, date, match_name, id) SELECT "
			"id >> 16, sender, coalesce(date, ''), coalesce(match_name, ''), id FROM "
			"reports WHERE id > ? AND id <= ? ORDER BY 1, 2, 3, 4, 5",
			PARAMS(from, to));
	if (!error)
		error = query_run(store,
			"INSERT INTO report_posyandu (run, posyandu, form, date, id) SELECT "
			"id >> 16, posyandu, form, coalesce(date, ''), id FROM reports WHERE id > "
			"? AND id <= ? AND posyandu IS NOT NULL AND match_name IS NOT NULL ORDER "
			"BY 1, 2, 3, 4, 5",
			PARAMS(from, to));
	if (!error)
		error = query_run(store,
			"INSERT INTO report_runs (run) SELECT DISTINCT id >> 16 FROM reports WHERE "
			"id > ? AND id <= ? AND true ON CONFLICT (run) DO NOTHING",
			PARAMS(from, to));
	if (!error)
		error = query_run(store, "UPDATE meta SET value = ? WHERE key = ?",
			PARAMS(to, p_text(MARK)));
	if (!error)
		store->filed.last = last;
	return error;
}

int filed_settle(struct store *store)
{
	const struct id_ranges *ids = &store->ids[IDS_REPORTS];
	int64_t newest, most;
	int error;

	if (!files_later(store) || ids->count == 0)
		return OK; /* no report came in */
	newest = ids->of[0].next - 1;
	most = newest < MANY ? MOST : MOST_THEN;
	error = filed_last(store);
	return error || newest - store->filed.last < most ? error : filed_add(store, newest);
}
