/* Walks the tables by ranges of ids and seals again what the newest key has not sealed. See
 * rekey.h. */
#include "store/rekey.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/base/chain.h"
#include "store/base/span.h"
#include "store/base/store_keys.h"
#include "store/secret/seal.h"

#define COLUMNS_MAX 3

enum content { TEXT = 1, OCTETS, NIK }; /* NIK: the look-up of the NIK in the first column */

/* reports stands before report_versions: what is copied there during the walk is sealed already. */
static const struct table {
	const char *name, *id, *row; /* row: what tells rows of one id apart */
	struct {
		const char *name;
		enum content content;
	} columns[COLUMNS_MAX];
	bool history; /* guarded by a trigger */
} tables[] = {
	{"inbound", "id", "0", {{"octets", OCTETS}, {"text", TEXT}}, false},
	{"parts", "inbound", "number", {{"payload", OCTETS}}, false},
	{"outbox", "id", "0", {{"text", TEXT}}, false},
	{"human", "id", "0", {{"text", TEXT}}, false},
	{"deadlines", "id", "0", {{"data", TEXT}}, false},
	{"reports", "id", "0", {{"fields", TEXT}, {"problems", TEXT}, {"match_nik", NIK}}, false},
	{"report_versions", "report", "version", {{"fields", TEXT}, {"problems", TEXT}}, true},
	{"cases", "id", "0", {{"known", TEXT}}, false},
	{"audit", "id", "0", {{"old_value", TEXT}, {"new_value", TEXT}}, true},
};

struct value {
	const void *data; /* NULL: as it is */
	size_t length;
};

struct found { /* a row that changes */
	struct found *next;
	int64_t id, row;
	struct value values[COLUMNS_MAX];
};

const char *store_rekey_table(const struct rekey *rekey)
{
	return rekey->table < COUNT_OF(tables) ? tables[rekey->table].name : "";
}

static size_t columns_of(const struct table *table)
{
	size_t count = 0;

	while (count < COLUMNS_MAX && table->columns[count].name)
		count++;
	return count;
}

static const char *column_list(struct arena *arena, const struct table *table, const char *between)
{
	const char *list = "";

	for (size_t i = 0; i < columns_of(table); i++)
		list = arena_printf(arena, "%s%s%s%s", list, i ? ", " : "", table->columns[i].name,
			between);
	return list;
}

/* "nik" of a report's fields: digits, between quotes. */
static bool nik_of(struct arena *arena, const char *fields, const char **nik)
{
	const char *at = fields;

	while ((at = strchr(at, '"'))) {
		size_t digits = strspn(++at, "0123456789");

		if (digits == 16 && at[digits] == '"') {
			*nik = arena_strndup(arena, at, digits);
			return true;
		}
	}
	return false;
}

/* The look-up that belongs to the newest key; the fields tell the NIK that it is of. */
static struct value lookup_again(
	const struct cursor *cursor, struct arena *arena, const char *stored, int fields)
{
	const struct key *key = keys_newest(cursor->store->keys);
	char *hash = arena_alloc(arena, SEAL_HASH);
	const char *nik = NULL;

	if (!stored || !nik_of(arena, cursor_secret(cursor, arena, fields), &nik))
		return (struct value){0};
	seal_lookup(key, nik, hash);
	return strcmp(hash, stored) == 0 ? (struct value){0}
					 : (struct value){hash, strlen(hash)};
}

static struct value value_again(const struct cursor *cursor, struct arena *arena,
	const struct table *table, size_t i)
{
	const struct keys *keys = cursor->store->keys;
	int column = (int)i + 2;
	struct value value = {0};
	const char *text;
	size_t length;

	if (table->columns[i].content == OCTETS) {
		const unsigned char *data = cursor_blob(cursor, arena, column, &length);

		if (data && octets_need_seal(keys, data, length))
			value.data = cursor_secret_blob(cursor, arena, column, &value.length);
		return value;
	}
	text = cursor_peek(cursor, column);
	if (table->columns[i].content == NIK)
		return lookup_again(cursor, arena, text, 2);
	if (text && text_needs_seal(keys, text)) {
		value.data = cursor_secret(cursor, arena, column);
		value.length = strlen(value.data);
	}
	return value;
}

static int rows_find(struct store *store, const struct table *table, struct arena *arena,
	struct rekey *rekey, size_t most, struct found **first)
{
	const char *sql = arena_printf(arena,
		"SELECT %s, %s, %s FROM %s WHERE %s > ? AND %s <= ? ORDER BY 1", table->id,
		table->row, column_list(arena, table, ""), table->name, table->id, table->id);
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, sql,
		PARAMS(p_int(rekey->after), p_int(rekey->after + (int64_t)most)));
	while ((result = cursor_next(&cursor)) > 0) {
		struct found *found = arena_alloc(arena, sizeof(*found));
		bool any = false;

		rekey->looked++;
		found->id = cursor_int(&cursor, 0);
		found->row = cursor_int(&cursor, 1);
		for (size_t i = 0; i < columns_of(table); i++) {
			found->values[i] = value_again(&cursor, arena, table, i);
			any |= found->values[i].data != NULL;
		}
		if (any) {
			found->next = *first;
			*first = found;
		}
	}
	cursor_close(&cursor);
	return result;
}

static int row_write(struct store *store, const struct table *table, struct arena *arena,
	const struct found *found)
{
	struct param params[COLUMNS_MAX + 2];
	const char *sql = arena_printf(arena, "UPDATE %s SET ", table->name);
	size_t count = 0;

	for (size_t i = 0; i < columns_of(table); i++) {
		const struct value *value = &found->values[i];

		if (!value->data)
			continue;
		sql = arena_printf(
			arena, "%s%s%s = ?", sql, count ? ", " : "", table->columns[i].name);
		params[count++] = table->columns[i].content == OCTETS
			? p_secret_blob(value->data, value->length)
			: table->columns[i].content == NIK ? p_text(value->data)
							   : p_secret(value->data);
	}
	sql = arena_printf(arena, "%s WHERE %s = ? AND %s = ?", sql, table->id, table->row);
	params[count++] = p_int(found->id);
	params[count++] = p_int(found->row);
	return query_run(store, sql, params, count);
}

static int table_last(struct store *store, struct arena *arena, struct rekey *rekey)
{
	const struct table *table = &tables[rekey->table];

	return query_int(store,
		arena_printf(arena, "SELECT coalesce(max(%s), 0) FROM %s", table->id, table->name),
		NULL, 0, &rekey->last);
}

static int place_note(struct store *store, const struct rekey *rekey)
{
	char text[64];

	snprintf(text, sizeof(text), "%zu %" PRId64, rekey->table, rekey->after);
	return query_run(store,
		"INSERT INTO identity VALUES ('rekey', ?) ON CONFLICT (key) DO UPDATE SET value = "
		"excluded.value",
		PARAMS(p_text(text)));
}

static int range_seal(struct store *store, size_t most, struct arena *arena, struct rekey *rekey)
{
	const struct table *table = &tables[rekey->table];
	struct found *found = NULL;
	int error = rows_find(store, table, arena, rekey, most, &found);

	if (!error && found && table->history)
		error = chain_rewriting(store, true);
	for (const struct found *row = found; !error && row; row = row->next, rekey->sealed++)
		error = row_write(store, table, arena, row);
	if (!error && found && table->history)
		error = chain_rewriting(store, false);
	return error;
}

/* Sessions are few and have no ids: all at once, put again as they are. */
static int sessions_seal(struct store *store, struct arena *arena, struct rekey *rekey)
{
	const char *sql =
		"SELECT kind, key, data FROM sessions ORDER BY kind, key LIMIT 1 OFFSET ?";
	int result = 1;

	for (int64_t i = 0; result > 0; i++) {
		const char *kind = NULL, *key = NULL, *data = NULL;
		struct cursor cursor;

		cursor_open(&cursor, store, sql, PARAMS(p_int(i)));
		result = cursor_next(&cursor);
		if (result > 0 && text_needs_seal(store->keys, cursor_peek(&cursor, 2))) {
			kind = cursor_text(&cursor, arena, 0);
			key = cursor_text(&cursor, arena, 1);
			data = cursor_secret(&cursor, arena, 2);
		}
		cursor_close(&cursor);
		if (data && query_run(store,
				    "UPDATE sessions SET data = ? WHERE kind = ? AND key = ?",
				    PARAMS(p_secret(data), p_text(kind), p_text(key))) != OK)
			return ERR_STORE;
		rekey->sealed += data != NULL;
	}
	return result;
}

/* From now on what is deleted is written over; at the end the whole file is written anew, so that
 * nothing of before is left in free pages and the journal. A server does that in its own time. */
static int scrub(struct store *store, bool end)
{
	if (strcmp(store->driver->name, "sqlite") != 0)
		return OK;
	return query_script(store,
		end ? "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)" : "PRAGMA secure_delete = ON");
}

int store_rekey_begin(struct store *store, bool again, struct rekey *rekey)
{
	struct cursor cursor;
	int result;

	*rekey = (struct rekey){0};
	if (!store->keys)
		return ERR_STATE;
	result = scrub(store, false);
	if (result || again)
		return result;
	cursor_open(&cursor, store, "SELECT value FROM identity WHERE key = 'rekey'", NULL, 0);
	result = cursor_next(&cursor);
	if (result > 0)
		(void)sscanf(cursor_peek(&cursor, 0), "%zu %" SCNd64, &rekey->table,
			&rekey->after);
	result = cursor_one(&cursor, result);
	return result == ERR_NOT_FOUND ? OK : result;
}

int store_rekey_step(struct store *store, size_t most, struct rekey *rekey)
{
	struct arena *arena = arena_new();
	struct span span;
	int error = span_begin(&span, store);

	if (!error && rekey->table < COUNT_OF(tables)) {
		error = table_last(store, arena, rekey);
		if (!error)
			error = range_seal(store, most, arena, rekey);
		rekey->after += (int64_t)most;
		if (!error && rekey->after >= rekey->last) {
			rekey->table++;
			rekey->after = 0;
		}
	} else if (!error) {
		error = sessions_seal(store, arena, rekey);
		rekey->done = !error;
	}
	if (!error)
		error = place_note(store, rekey);
	error = span_end(&span, error);
	arena_free(arena);
	return error;
}

int store_rekey_finish(struct store *store)
{
	char *value = xasprintf("%d %s", keys_newest(store->keys)->generation,
		keys_newest(store->keys)->check);
	struct span span;
	int error = span_begin(&span, store);

	if (!error)
		error = query_run(store, "UPDATE identity SET value = 'yes' WHERE key = 'sealed'",
			NULL, 0);
	if (!error)
		error = query_run(store, "UPDATE identity SET value = ? WHERE key = 'key'",
			PARAMS(p_text(value)));
	if (!error)
		error = query_run(store, "DELETE FROM identity WHERE key = 'rekey'", NULL, 0);
	if (!error && store->unsealed) /* digests of before the key could be guessed from */
		error = query_run(store,
			"UPDATE inbound SET digest = NULL WHERE digest IS NOT NULL AND id NOT IN "
			"(SELECT inbound FROM redeliveries)",
			NULL, 0);
	error = span_end(&span, error);
	free(value);
	if (!error)
		error = scrub(store, true);
	store->unsealed &= error != OK;
	if (error || store->keys->count == 1)
		return error;
	keys_drop_old(store->keys);
	return keys_save(store->keys, store->key_path, store->detail);
}

int store_key_renew(struct store *store, int *generation)
{
	char *kept = NULL;
	int error;

	if (!store->keys)
		return ERR_STATE;
	*generation = keys_newest(store->keys)->generation;
	if (store->keys->count > 1)
		return ERR_EXISTS;
	kept = xasprintf("%s.%d", store->key_path, *generation);
	error = keys_save(store->keys, kept, store->detail);
	if (!error)
		error = keys_add(store->keys);
	if (!error)
		error = keys_save(store->keys, store->key_path, store->detail);
	*generation = keys_newest(store->keys)->generation;
	free(kept);
	return error;
}

int store_key_state(struct store *store, struct key_state *out)
{
	*out = (struct key_state){.keyed = store->keys != NULL, .path = store->key_path};
	if (!store->keys)
		return OK;
	out->generation = keys_newest(store->keys)->generation;
	out->rotating = store->keys->count > 1;
	return store_keys_sealed(store, &out->sealed);
}
