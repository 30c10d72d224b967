/* Emptying the rows that tell who somebody was. See erase.h. */
#include "store/erase.h"

#include <inttypes.h>
#include <stdlib.h>

#include "store/base/chain.h"
#include "store/base/span.h"
#include "store/statement/store_state.h"

#define VERSIONS_MOST 1000
#define SETTLED	      "state NOT IN ('waiting', 'claimed', 'unsure')"

static int pragma(struct store *store, const char *sql)
{
	return strcmp(store->driver->name, "sqlite") == 0 ? query_script(store, sql) : OK;
}

int store_erase_begin(struct store *store)
{
	return pragma(store, "PRAGMA secure_delete = ON");
}

int store_erase_end(struct store *store)
{
	return pragma(store, "PRAGMA wal_checkpoint(TRUNCATE)");
}

/* One change, its rows added up. */
static int change(struct store *store, int64_t *sum, const char *sql, const struct param *params,
	size_t count)
{
	int64_t changed = 0;
	int error = query_change(store, sql, params, count, &changed);

	if (sum)
		*sum += changed;
	return error;
}

static bool tells(const struct chain_entry *entry, const char *key)
{
	return strcmp(entry->subject, key) == 0 || strcmp(entry->actor, key) == 0 ||
		(entry->old_value && strstr(entry->old_value, key)) ||
		(entry->new_value && strstr(entry->new_value, key));
}

struct id_list {
	struct id_list *next;
	int64_t id;
};

/* The rows that tell of it, in order; their values are sealed, so that SQL cannot look. */
static int trail_find(
	struct store *store, struct arena *arena, const char *key, struct id_list **first)
{
	struct arena *one = arena_new();
	struct id_list **tail = first;
	struct chain_row row;
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store,
		"SELECT " CHAIN_COLUMNS " FROM audit WHERE erased = 0 ORDER BY id", NULL, 0);
	while ((result = cursor_next(&cursor)) > 0) {
		chain_row_read(&cursor, one, &row);
		if (tells(&row.entry, key)) {
			*tail = arena_alloc(arena, sizeof(**tail));
			(*tail)->id = row.id;
			tail = &(*tail)->next;
		}
		arena_reset(one);
	}
	cursor_close(&cursor);
	arena_free(one);
	return result;
}

/* Rows of the trail that tell of `key` are emptied; their hashes stay, so that the chain holds.
 * alias: stands for the key from now on; NULL: the key may stay. */
static int trail_empty(
	struct store *store, const char *key, const char *alias, struct erased *erased)
{
	struct arena *arena = arena_new();
	struct id_list *first = NULL;
	const char *shown = alias ? alias : key;
	int error = chain_flush(store);

	if (!error)
		error = trail_find(store, arena, key, &first);
	for (const struct id_list *row = first; !error && row; row = row->next) {
		strbuf_printf(&erased->rows, " %" PRId64, row->id);
		error = change(store, &erased->trail,
			"UPDATE audit SET erased = 1, old_value = NULL, new_value = NULL, actor = "
			"CASE WHEN actor = ? THEN ? ELSE actor END, subject = CASE WHEN subject = "
			"? THEN ? ELSE subject END WHERE id = ?",
			PARAMS(p_text(key), p_text(shown), p_text(key), p_text(shown),
				p_int(row->id)));
	}
	arena_free(arena);
	return error;
}

/* What a number sent in a time, and what was sent because of it. */
static int messages_empty(struct store *store, const char *phone, int64_t from, int64_t to,
	struct erased *erased)
{
	int error = change(store, &erased->sent,
		"UPDATE outbox SET text = '' WHERE text <> '' AND " SETTLED
		" AND inbound IN (SELECT id FROM inbound WHERE source = ? AND received >= ? AND "
		"received <= ?)",
		PARAMS(p_text(phone), p_int(from), p_int(to)));

	if (!error)
		error = change(store, &erased->inbox,
			"UPDATE human SET text = '' WHERE text <> '' AND inbound IN (SELECT id "
			"FROM inbound WHERE source = ? AND received >= ? AND received <= ?)",
			PARAMS(p_text(phone), p_int(from), p_int(to)));
	if (!error)
		error = change(store, &erased->messages,
			"UPDATE inbound SET octets = ?, text = NULL, digest = NULL WHERE source = "
			"? AND received >= ? AND received <= ?",
			PARAMS(p_blob("", 0), p_text(phone), p_int(from), p_int(to)));
	return error;
}

static int versions_empty(struct store *store, struct arena *arena, const struct report_row *row,
	erase_keep *keep, void *context, struct erased *erased)
{
	struct report_row *rows = xcalloc(VERSIONS_MOST, sizeof(*rows));
	size_t count = 0;
	int error =
		store_report_versions(store, arena, row->id, rows, VERSIONS_MOST, &count);

	for (size_t i = 0; !error && i < count; i++) {
		const char *kept = keep(arena, rows[i].form, rows[i].fields, context);
		bool newest = i + 1 == count;

		error = change(store, newest ? &erased->reports : &erased->versions,
			newest ? "UPDATE reports SET fields = ?, match_name = NULL, match_nik = "
				 "NULL WHERE id = ? AND version = ?"
			       : "UPDATE report_versions SET fields = ?, match_name = NULL WHERE "
				 "report = ? AND version = ?",
			PARAMS(p_secret(kept ? kept : "{}"), p_int(row->id),
				p_int(rows[i].version)));
		if (!error && rows[i].actor) /* who corrected it wrote of it too */
			error = messages_empty(store, rows[i].actor, rows[i].revised,
				rows[i].revised, erased);
	}
	free(rows);
	return error;
}

int store_erase_report(struct store *store, const struct report_row *row, erase_keep *keep,
	void *context, struct erased *erased)
{
	struct arena *arena = arena_new();
	int error = chain_rewriting(store, true);

	if (!error)
		error = versions_empty(store, arena, row, keep, context, erased);
	if (!error)
		error = messages_empty(store, row->sender, row->received, row->revised, erased);
	if (!error)
		error = change(store, &erased->sent,
			"UPDATE outbox SET text = '' WHERE (ref = ? OR (inbound = ? AND ref IS "
			"NULL)) AND text <> '' AND " SETTLED,
			PARAMS(p_text(row->ref), p_int(row->inbound)));
	if (!error)
		error = change(store, NULL, "DELETE FROM sessions WHERE key = ?",
			PARAMS(p_text(row->sender)));
	if (!error)
		error = change(store, NULL,
			"UPDATE cases SET name = '-', known = NULL WHERE name <> '-' AND id "
			"IN (SELECT case_id FROM case_reports WHERE report = ?)",
			PARAMS(p_int(row->id)));
	if (!error)
		error = trail_empty(store, row->ref, NULL, erased);
	if (!error)
		error = chain_rewriting(store, false);
	arena_free(arena);
	return error;
}

/* Columns that hold the number and nothing else. */
static const char *const renamed[] = {
	"UPDATE reports SET sender = ? WHERE sender = ?",
	"UPDATE reports SET actor = ? WHERE actor = ?",
	"UPDATE report_versions SET actor = ? WHERE actor = ?",
	"UPDATE inbound SET source = ? WHERE source = ?",
	"UPDATE outbox SET recipient = ? WHERE recipient = ?",
	"UPDATE human SET phone = ? WHERE phone = ?",
	"UPDATE parts SET source = ? WHERE source = ?",
};

static const char *const dropped[] = {
	"DELETE FROM sessions WHERE key LIKE '%' || ?",
	"DELETE FROM counters WHERE key LIKE '%' || ?",
	"DELETE FROM deadlines WHERE subject = ?",
};

/* The person keeps his role and place, which counts are read by. His other numbers go too. */
static int person_empty(struct store *store, const char *phone)
{
	int error = change(store, NULL,
		"UPDATE people SET name = '-', state = 'inactive' WHERE id = (SELECT person FROM "
		"phones WHERE phone = ?)",
		PARAMS(p_text(phone)));

	if (!error)
		error = change(store, NULL, "DELETE FROM phones WHERE phone = ?",
			PARAMS(p_text(phone)));
	store_places_changed(store);
	return error;
}

int store_erase_phone(
	struct store *store, const char *phone, const char *alias, struct erased *erased)
{
	const struct param number = p_text(phone);
	int error = chain_rewriting(store, true);

	if (!error)
		error = change(store, NULL,
			"UPDATE outbox SET state = 'dropped' WHERE recipient = ? AND state IN "
			"('waiting', 'unsure')",
			PARAMS(number));
	if (!error)
		error = messages_empty(store, phone, 0, INT64_MAX, erased);
	if (!error)
		error = change(store, &erased->sent,
			"UPDATE outbox SET text = '' WHERE recipient = ? AND text <> ''",
			PARAMS(number));
	if (!error)
		error = person_empty(store, phone);
	for (size_t i = 0; !error && i < COUNT_OF(renamed); i++)
		error = change(store, i == 0 ? &erased->reports : NULL, renamed[i],
			PARAMS(p_text(alias), number));
	for (size_t i = 0; !error && i < COUNT_OF(dropped); i++)
		error = change(store, NULL, dropped[i], PARAMS(number));
	if (!error)
		error = trail_empty(store, phone, alias, erased);
	if (!error)
		error = chain_rewriting(store, false);
	return error;
}
