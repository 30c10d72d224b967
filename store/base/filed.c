/* The newest reports are filed together: see filed.h. */
#include "store/base/filed.h"

#include <stdlib.h>
#include <string.h>

#include "store/base/ids.h"
#include "store/driver/piling.h"
#include "store/statement/bulk.h"
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

/* The newest reports, none left out; none of them was changed. */
struct filing {
	struct arena *arena;
	struct filed_report *reports; /* room for ONCE */
	size_t count;
	uint64_t generation;
};

static const char *copy(struct filing *filing, const char *text)
{
	return text ? arena_strdup(filing->arena, text) : "";
}

static bool goes_on(const struct store *store, const struct filing *filing, int64_t id)
{
	return filing->count > 0 && filing->count < ONCE && !store->filed.changed &&
		filing->generation == store->generation &&
		filing->reports[filing->count - 1].id == id - 1;
}

void filed_note(struct store *store, const struct filed_report *report)
{
	struct filing *filing = store->filed.newest;

	if (!files_later(store))
		return;
	if (!filing) {
		filing = store->filed.newest = xcalloc(1, sizeof(*filing));
		filing->arena = arena_new();
		filing->reports = xcalloc(ONCE, sizeof(*filing->reports));
	}
	if (!goes_on(store, filing, report->id)) {
		arena_reset(filing->arena);
		filing->count = 0;
		filing->generation = store->generation;
		store->filed.changed = false;
	}
	filing->reports[filing->count++] = (struct filed_report){report->id,
		copy(filing, report->area), copy(filing, report->sender),
		copy(filing, report->posyandu), copy(filing, report->form),
		copy(filing, report->date), copy(filing, report->name)};
}

void filed_free(struct store *store)
{
	struct filing *filing = store->filed.newest;

	if (!filing)
		return;
	arena_free(filing->arena);
	free(filing->reports);
	free(filing);
	store->filed.newest = NULL;
}

/* From the first that is not filed up to this one. */
static bool all_noted(const struct store *store, int64_t last)
{
	const struct filing *filing = store->filed.newest;

	return filing && goes_on(store, filing, last + 1) &&
		filing->reports[0].id == store->filed.last + 1;
}

#define KEY 5 /* columns of each table, all of its key */

static void place_key(const struct filed_report *report, struct param *key)
{
	key[0] = p_text(report->area);
	key[1] = p_text(report->date);
	key[2] = p_text(report->name);
	key[3] = p_text(report->form);
}

static void teller_key(const struct filed_report *report, struct param *key)
{
	key[0] = p_int(report->id >> 16);
	key[1] = p_text(report->sender);
	key[2] = p_text(report->date);
	key[3] = p_text(report->name);
}

static void posyandu_key(const struct filed_report *report, struct param *key)
{
	key[0] = p_int(report->id >> 16);
	key[1] = p_text(report->posyandu);
	key[2] = p_text(report->form);
	key[3] = p_text(report->date);
}

static int by_key(const void *a, const void *b)
{
	const struct param *x = *(const struct param *const *)a;
	const struct param *y = *(const struct param *const *)b;
	int order = 0;

	for (int i = 0; order == 0 && i < KEY; i++) {
		if (x[i].type == PARAM_TEXT)
			order = strcmp(x[i].data, y[i].data);
		else
			order = x[i].integer < y[i].integer ? -1 : x[i].integer > y[i].integer;
	}
	return order;
}

/* named: only those of a posyandu that name somebody. */
static int file_in(struct store *store, const struct filing *filing, const char *sql,
	void (*key_of)(const struct filed_report *report, struct param *key), bool named)
{
	struct param *keys = xcalloc(filing->count * KEY, sizeof(*keys));
	const struct param **of = xcalloc(filing->count, sizeof(const struct param *));
	char *words = store->driver->piling->sql(sql, KEY);
	size_t count = 0;
	int error = OK;

	for (size_t i = 0; i < filing->count; i++) {
		const struct filed_report *report = &filing->reports[i];

		if (named && (!*report->posyandu || !*report->name))
			continue;
		of[count] = &keys[count * KEY];
		key_of(report, &keys[count * KEY]);
		keys[count++ * KEY + KEY - 1] = p_int(report->id);
	}
	qsort(of, count, sizeof(const struct param *), by_key);
	if (count)
		error = bulk_rows(store, words, &(struct rows){of, count, KEY});
	free(words);
	free(of);
	free(keys);
	return error;
}

static int file_newest(struct store *store, const struct filing *filing)
{
	int64_t run = filing->reports[0].id >> 16;
	int64_t last = filing->reports[filing->count - 1].id >> 16;
	int error = file_in(store, filing,
		"INSERT INTO report_places (area, date, match_name, form, id) VALUES (?,?,?,?,?)",
		place_key, false);

	if (!error)
		error = file_in(store, filing,
			"INSERT INTO report_tellers (run, sender, date, match_name, id) VALUES "
			"(?,?,?,?,?)",
			teller_key, false);
	if (!error)
		error = file_in(store, filing,
			"INSERT INTO report_posyandu (run, posyandu, form, date, id) VALUES "
			"(?,?,?,?,?)",
			posyandu_key, true);
	for (; !error && run <= last; run++)
		error = query_run(store,
			"INSERT INTO report_runs (run) VALUES (?) ON CONFLICT (run) DO NOTHING",
			PARAMS(p_int(run)));
	return error;
}

static int file_read(struct store *store, int64_t last)
{
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
	return error;
}

/* In the order of the keys, so that each page is touched once. */
int filed_add(struct store *store, int64_t newest)
{
	int64_t last = newest - store->filed.last > ONCE ? store->filed.last + ONCE : newest;
	struct filing *filing = store->filed.newest;
	int error = all_noted(store, last) ? file_newest(store, filing) : file_read(store, last);

	if (!error)
		error = query_run(store, "UPDATE meta SET value = ? WHERE key = ?",
			PARAMS(p_int(last), p_text(MARK)));
	if (!error) {
		store->filed.last = last;
		if (filing)
			filing->count = 0; /* begins behind them */
	}
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
