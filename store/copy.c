/* Walking two stores table by table. See copy.h.
 *
 * Which tables and columns there are is asked of the source, so that a new one is copied without a
 * word here. Keys compare as octets in both, and so have one order.
 */
#include "store/copy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/base/merge.h"
#include "store/driver/sharing.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define CHUNK 2000 /* rows of a transaction */
#define MOST  PARAMS_MAX

struct column {
	const char *name;
	enum param_type type;
	int key; /* place in the key, from 1; 0: none */
};

struct table {
	const char *name;
	struct column columns[MOST];
	size_t count, keys;
	const char *list, *key_list, *marks, *key_marks; /* for statements */
};

/* What belongs to the place, not to the store. */
static bool stays_behind(const char *table)
{
	static const char *const names[] = {
		"meta", "identity", "gateways", "gateway_links", "tokens", "audit_head",
		"report_places", "report_tellers", "report_posyandu", "report_runs"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(names[i], table) == 0)
			return true;
	}
	return strncmp(table, "sqlite_", 7) == 0;
}

static enum param_type type_of(const char *declared)
{
	return strcmp(declared, "INTEGER") == 0 ? PARAM_INT
		: strcmp(declared, "BLOB") == 0 ? PARAM_BLOB : PARAM_TEXT;
}

static int columns_read(struct store *from, struct arena *arena, struct table *table)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, from, "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid",
		PARAMS(p_text(table->name)));
	while ((result = cursor_next(&cursor)) > 0 && table->count < MOST) {
		struct column *column = &table->columns[table->count++];

		column->name = cursor_text(&cursor, arena, 0);
		column->type = type_of(cursor_peek(&cursor, 1));
		column->key = (int)cursor_int(&cursor, 2);
		table->keys += column->key > 0;
	}
	cursor_close(&cursor);
	return result < 0 ? result : table->keys ? OK : ERR_STATE;
}

static size_t key_column(const struct table *table, size_t place)
{
	size_t i = 0;

	while (table->columns[i].key != (int)place + 1)
		i++;
	return i;
}

static const char *joined(struct arena *arena, const struct table *table, bool keys, bool marks)
{
	struct strbuf out = {0};
	size_t count = keys ? table->keys : table->count;
	const char *copy;

	for (size_t i = 0; i < count; i++) {
		size_t column = keys ? key_column(table, i) : i;

		strbuf_printf(&out, "%s%s", i ? ", " : "",
			marks ? "?" : table->columns[column].name);
	}
	copy = arena_strdup(arena, out.text);
	strbuf_free(&out);
	return copy;
}

static int table_read(struct store *from, struct arena *arena, const char *name,
	struct table *table)
{
	int error;

	*table = (struct table){.name = arena_strdup(arena, name)};
	error = columns_read(from, arena, table);
	if (error)
		return error;
	table->list = joined(arena, table, false, false);
	table->marks = joined(arena, table, false, true);
	table->key_list = joined(arena, table, true, false);
	table->key_marks = joined(arena, table, true, true);
	return OK;
}

/* In the order in which they were made: what is referred to comes first. */
static int tables_read(struct store *from, struct arena *arena, const char **names, size_t room,
	size_t *count)
{
	struct cursor cursor;
	int result;

	*count = 0;
	cursor_open(&cursor, from,
		"SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid", NULL, 0);
	while ((result = cursor_next(&cursor)) > 0 && *count < room) {
		if (!stays_behind(cursor_peek(&cursor, 0)))
			names[(*count)++] = cursor_text(&cursor, arena, 0);
	}
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

/* A row as parameters; what they point to is the arena's. */
static void row_read(const struct cursor *cursor, struct arena *arena, const struct table *table,
	struct param *row)
{
	for (size_t i = 0; i < table->count; i++) {
		size_t length;

		if (!cursor_peek(cursor, (int)i))
			row[i] = p_text(NULL);
		else if (table->columns[i].type == PARAM_INT)
			row[i] = p_int(cursor_int(cursor, (int)i));
		else if (table->columns[i].type == PARAM_TEXT)
			row[i] = p_text(cursor_text(cursor, arena, (int)i));
		else {
			const void *octets = cursor_blob(cursor, arena, (int)i, &length);

			row[i] = p_blob(octets, length);
		}
	}
}

static void keys_of(const struct table *table, const struct param *row, struct param *keys)
{
	for (size_t i = 0; i < table->keys; i++)
		keys[i] = row[key_column(table, i)];
}

/* The rows behind `after` (a key; NULL: from the beginning), at most CHUNK of them. */
struct walk {
	struct store *store;
	const struct table *table;
	struct arena *arena;
	struct param (*rows)[MOST];
	size_t count;
};

static int chunk_read(struct walk *walk, const struct param *after)
{
	const struct table *table = walk->table;
	struct param params[MOST];
	struct cursor cursor;
	char *where = after ? xasprintf("WHERE (%s) > (%s) ", table->key_list, table->key_marks)
			    : xstrdup("");
	char *sql = xasprintf("SELECT %s FROM %s %sORDER BY %s LIMIT %d", table->list, table->name,
		where, table->key_list, CHUNK);
	size_t count = after ? table->keys : 0;
	int result;

	walk->count = 0;
	memcpy(params, after ? after : params, count * sizeof(*params));
	cursor_open(&cursor, walk->store, sql, params, count);
	while ((result = cursor_next(&cursor)) > 0 && walk->count < CHUNK)
		row_read(&cursor, walk->arena, table, walk->rows[walk->count++]);
	cursor_close(&cursor);
	free(sql);
	free(where);
	return result < 0 ? result : OK;
}

static void walk_begin(struct walk *walk, struct store *store, const struct table *table)
{
	*walk = (struct walk){.store = store, .table = table, .arena = arena_new()};
	walk->rows = xcalloc(CHUNK, sizeof(*walk->rows));
}

static void walk_end(struct walk *walk)
{
	arena_free(walk->arena);
	free(walk->rows);
}

static int chunk_write(struct store *to, const struct walk *walk)
{
	char *sql = xasprintf("INSERT INTO %s (%s) VALUES (%s)", walk->table->name,
		walk->table->list, walk->table->marks);
	int error = store_batch_begin(to);

	for (size_t i = 0; !error && i < walk->count; i++)
		error = query_run(to, sql, walk->rows[i], walk->table->count);
	if (!error)
		error = store_batch_commit(to);
	else
		store_batch_rollback(to);
	free(sql);
	return error;
}

/* The key of the last row that the target has; ERR_NOT_FOUND: none. */
static int last_key(struct store *to, struct arena *arena, const struct table *table,
	struct param *keys)
{
	struct strbuf order = {0};
	struct param row[MOST];
	struct cursor cursor;
	char *sql;
	int result;

	for (size_t i = 0; i < table->keys; i++)
		strbuf_printf(&order, "%s%s DESC", i ? ", " : "",
			table->columns[key_column(table, i)].name);
	sql = xasprintf("SELECT %s FROM %s ORDER BY %s LIMIT 1", table->list, table->name,
		order.text);
	cursor_open(&cursor, to, sql, NULL, 0);
	result = cursor_next(&cursor);
	if (result > 0) {
		row_read(&cursor, arena, table, row);
		keys_of(table, row, keys);
	}
	result = cursor_one(&cursor, result);
	free(sql);
	strbuf_free(&order);
	return result;
}

static int copy_table(
	struct store *from, struct store *to, const struct table *table, int64_t *copied)
{
	struct arena *arena = arena_new();
	struct param after[MOST];
	struct walk walk;
	int error = last_key(to, arena, table, after);
	bool begun = error == OK;

	*copied = 0;
	walk_begin(&walk, from, table);
	error = error == ERR_NOT_FOUND ? OK : error;
	while (!error) {
		error = chunk_read(&walk, begun ? after : NULL);
		if (error || walk.count == 0)
			break;
		error = chunk_write(to, &walk);
		*copied += (int64_t)walk.count;
		begun = true;
		arena_reset(arena);
		keys_of(table, walk.rows[walk.count - 1], after);
		for (size_t i = 0; i < table->keys; i++) { /* they outlive the chunk */
			if (after[i].type != PARAM_INT && after[i].length)
				after[i].data = memcpy(arena_alloc(arena, after[i].length + 1),
					after[i].data, after[i].length);
		}
		arena_reset(walk.arena);
	}
	walk_end(&walk);
	arena_free(arena);
	return error;
}

/* These few rows say which store it is: written over what a fresh store has. */
static int take_rows(struct store *from, struct store *to, const char *select, const char *insert)
{
	struct arena *arena = arena_new();
	struct cursor cursor;
	int result;

	cursor_open(&cursor, from, select, NULL, 0);
	while ((result = cursor_next(&cursor)) > 0) {
		const char *key = cursor_text(&cursor, arena, 0),
			   *value = cursor_text(&cursor, arena, 1);

		result = query_run(to, insert, PARAMS(p_text(key), p_text(value)));
		if (result)
			break;
	}
	cursor_close(&cursor);
	arena_free(arena);
	return result;
}

static int take_identity(struct store *from, struct store *to)
{
	int error = store_batch_begin(to);

	if (!error)
		error = take_rows(from, to, "SELECT key, value FROM identity",
			"INSERT INTO identity (key, value) VALUES (?, ?) ON CONFLICT (key) DO "
			"UPDATE SET value = excluded.value");
	if (!error)
		error = take_rows(from, to, "SELECT key, value FROM meta WHERE key <> 'schema'",
			"INSERT INTO meta (key, value) VALUES (?, CAST(? AS BIGINT)) ON CONFLICT "
			"(key) DO UPDATE SET value = excluded.value");
	if (!error)
		return store_batch_commit(to);
	store_batch_rollback(to);
	return error;
}

/* The head of the audit trail is a row that changes: it comes last. */
static int take_head(struct store *from, struct store *to)
{
	struct arena *arena = arena_new();
	struct cursor cursor;
	size_t mac = 0, seal = 0;
	int result;

	cursor_open(&cursor, from, "SELECT entries, last, mac, seal FROM audit_head", NULL, 0);
	result = cursor_next(&cursor);
	if (result > 0) {
		const void *hash = cursor_blob(&cursor, arena, 2, &mac),
			   *sealed = cursor_blob(&cursor, arena, 3, &seal);
		int64_t entries = cursor_int(&cursor, 0), last = cursor_int(&cursor, 1);

		result = query_run(to,
			"UPDATE audit_head SET entries = ?, last = ?, mac = ?, seal = ?",
			PARAMS(p_int(entries), p_int(last), p_blob(hash, mac),
				p_blob(sealed, seal)));
	}
	cursor_close(&cursor);
	arena_free(arena);
	return result < 0 ? result : OK;
}

static int check_target(struct store *from, struct store *to)
{
	char source[STORE_ID], target[STORE_ID];
	int64_t last, areas = 0;
	int error = store_id(from, source, &last);

	if (!error)
		error = store_id(to, target, &last);
	if (!error)
		error = query_int(to, "SELECT count(*) FROM areas", NULL, 0, &areas);
	if (error || strcmp(source, target) == 0)
		return error;
	return areas > 0 || last > 0 ? ERR_EXISTS : OK;
}

/* Counts that wait in the log of the source become rows: the target has no log. */
static int fold(struct store *from)
{
	int error = store_batch_begin(from);

	if (!error)
		error = merge_fold(from);
	if (!error)
		return store_batch_commit(from);
	store_batch_rollback(from);
	return error;
}

int store_copy(struct store *from, struct store *to, copied_table *each, void *context)
{
	struct arena *arena = arena_new();
	struct table *table = arena_alloc(arena, sizeof(*table));
	const char *names[128];
	size_t count = 0;
	int error = check_target(from, to);

	if (!error)
		error = fold(from);
	if (!error)
		error = take_identity(from, to);
	if (!error)
		error = tables_read(from, arena, names, COUNT_OF(names), &count);
	for (size_t i = 0; !error && i < count; i++) {
		struct copied copied = {.table = names[i]};

		error = table_read(from, arena, names[i], table);
		if (!error)
			error = copy_table(from, to, table, &copied.rows);
		if (!error)
			each(&copied, context);
	}
	if (!error)
		error = take_head(from, to);
	if (!error && to->driver->sharing)
		error = to->driver->sharing->renumber(to->db);
	arena_free(arena);
	return error;
}

static bool alike(const struct table *table, const struct param *a, const struct param *b)
{
	for (size_t i = 0; i < table->count; i++) {
		if (a[i].type != b[i].type || a[i].integer != b[i].integer ||
			a[i].length != b[i].length ||
			(a[i].length && memcmp(a[i].data, b[i].data, a[i].length) != 0))
			return false;
	}
	return true;
}

static const char *name_of(struct arena *arena, const struct table *table, const struct param *row)
{
	const char *name = "";

	for (size_t i = 0; i < table->keys; i++) {
		const struct param *key = &row[key_column(table, i)];

		if (key->type == PARAM_INT)
			name = arena_printf(arena, "%s%s%lld", name, i ? "/" : "",
				(long long)key->integer);
		else
			name = arena_printf(arena, "%s%s%.*s", name, i ? "/" : "",
				key->type == PARAM_TEXT ? (int)key->length : 0,
				key->type == PARAM_TEXT ? (const char *)key->data : "");
	}
	return name;
}

/* One walk behind the other, chunk by chunk. */
static int compare_table(struct store *from, struct store *to, const struct table *table,
	struct arena *arena, struct copied *copied)
{
	struct walk left, right;
	struct param after[MOST];
	bool begun = false;
	int error = OK;

	walk_begin(&left, from, table);
	walk_begin(&right, to, table);
	while (!error && !copied->differs) {
		struct arena *before = left.arena; /* `after` points into it */

		left.arena = arena_new();
		error = chunk_read(&left, begun ? after : NULL);
		if (!error)
			error = chunk_read(&right, begun ? after : NULL);
		arena_free(before);
		for (size_t i = 0; !error && i < left.count && !copied->differs; i++) {
			copied->rows++;
			if (i >= right.count || !alike(table, left.rows[i], right.rows[i]))
				copied->differs = name_of(arena, table, left.rows[i]);
		}
		if (!error && !copied->differs && right.count > left.count)
			copied->differs = name_of(arena, table, right.rows[left.count]);
		if (error || left.count == 0)
			break;
		keys_of(table, left.rows[left.count - 1], after);
		begun = true;
		arena_reset(right.arena);
	}
	walk_end(&left);
	walk_end(&right);
	return error;
}

int store_copy_verify(struct store *from, struct store *to, copied_table *each, void *context)
{
	struct arena *arena = arena_new();
	struct table *table = arena_alloc(arena, sizeof(*table));
	const char *names[128];
	size_t count = 0;
	bool differ = false;
	int error = tables_read(from, arena, names, COUNT_OF(names), &count);

	for (size_t i = 0; !error && i < count; i++) {
		struct copied copied = {.table = names[i]};

		error = table_read(from, arena, names[i], table);
		if (!error)
			error = compare_table(from, to, table, arena, &copied);
		differ |= copied.differs != NULL;
		if (!error)
			each(&copied, context);
	}
	arena_free(arena);
	return error ? error : differ ? ERR_STATE : OK;
}
