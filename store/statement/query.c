/* Statements by their text: a cache over the driver, and walks over rows. See query.h. */
#include "store/statement/query.h"

#include <stdlib.h>
#include <string.h>

#include "store/secret/seal.h"
#include "store/statement/ahead.h"
#include "store/statement/store_state.h"

#define BEFORE -1 /* rows of a cursor that are none */
#define BEHIND -2

void *param_seal(const struct store *store, const struct param *param, struct param *out)
{
	const struct keys *keys = store->keys;
	void *sealed = NULL;

	*out = *param;
	if (!param->secret || !keys || !param->data)
		return NULL;
	if (param->type == PARAM_TEXT)
		sealed = seal_text(keys, param->data);
	else if (param->length)
		sealed = seal_octets(keys, param->data, param->length);
	if (sealed)
		*out = param->type == PARAM_TEXT ? p_text(sealed)
						 : p_blob(sealed, param->length + SEAL_OVERHEAD);
	return sealed;
}

/* The parameter as it is stored. */
static struct param seal(struct cursor *cursor, const struct param *param)
{
	struct param out;
	void *sealed = param_seal(cursor->store, param, &out);

	if (!sealed)
		return out;
	if (cursor->nheld == HELD_MAX)
		abort();
	cursor->held[cursor->nheld++] = sealed;
	return out;
}

/* By its length and some of its characters: hashing all of a long text would cost more than running
 * it. */
static size_t bucket_of(const char *sql)
{
	size_t length = strlen(sql), step = length / 16 + 1;
	uint32_t hash = 2166136261u ^ (uint32_t)length;

	for (size_t i = 0; i < length; i += step)
		hash = (hash ^ (unsigned char)sql[i]) * 16777619u;
	return hash % STATEMENT_BUCKETS;
}

/* Two walks over the same text may be open at once. */
int statement_take(struct store *store, const char *sql, struct statement **out)
{
	struct statement **bucket = &store->statements[bucket_of(sql)];
	struct statement *statement;
	void *handle;
	int error;

	for (statement = *bucket; statement; statement = statement->next) {
		if (!statement->busy && strcmp(statement->sql, sql) == 0)
			goto out;
	}
	error = store->driver->prepare(store->db, sql, &handle);
	if (error)
		return store_fail(store, error);
	statement = xcalloc(1, sizeof(*statement));
	statement->sql = xstrdup(sql);
	statement->handle = handle;
	statement->next = *bucket;
	*bucket = statement;
out:
	statement->busy = true;
	*out = statement;
	return OK;
}

int statement_give(struct store *store, struct statement *statement)
{
	statement->busy = false;
	return store->driver->reset(statement->handle);
}

const char *statements_busy(const struct store *store)
{
	for (size_t i = 0; i < STATEMENT_BUCKETS; i++)
		for (const struct statement *at = store->statements[i]; at; at = at->next)
			if (at->busy)
				return at->sql;
	return NULL;
}

void statements_free(struct store *store)
{
	for (size_t i = 0; i < STATEMENT_BUCKETS; i++) {
		while (store->statements[i]) {
			struct statement *statement = store->statements[i];

			store->statements[i] = statement->next;
			store->driver->finalize(statement->handle);
			free((char *)statement->sql);
			free(statement);
		}
	}
}

/* What waits to be written was there before. */
static int write_waiting(struct store *store)
{
	return store->bulks ? store->bulks_flush(store) : OK;
}

int query_script(struct store *store, const char *sql)
{
	int error = store->dead ? store->dead : write_waiting(store);

	if (error)
		return error;
	error = store->driver->exec(store->db, sql);
	return error ? store_fail(store, error) : OK;
}

void cursor_open(struct cursor *cursor, struct store *store, const char *sql,
	const struct param *params, size_t count)
{
	const struct driver *driver = store->driver;

	*cursor = (struct cursor){.store = store, .row = BEFORE};
	cursor->error = store->dead ? store->dead : store->spoiled;
	if (!cursor->error && store->ahead)
		cursor->answer = ahead_find(store, sql, params, count);
	if (cursor->error || cursor->answer)
		return;
	cursor->error = write_waiting(store);
	if (!cursor->error)
		cursor->error = statement_take(store, sql, &cursor->statement);
	for (size_t i = 0; !cursor->error && i < count; i++) {
		const struct param *param = &params[i];
		struct param sealed;

		if (param->secret) {
			sealed = seal(cursor, param);
			param = &sealed;
		}
		cursor->error = driver->bind(cursor->statement->handle, (int)i + 1, param);
		if (cursor->error)
			store_fail(store, cursor->error);
	}
}

static int next_answer(struct cursor *cursor)
{
	if (cursor->row != BEHIND)
		cursor->row = answer_next(cursor->answer, cursor->row);
	if (cursor->row == BEFORE)
		cursor->row = BEHIND;
	return cursor->row != BEHIND;
}

int cursor_next(struct cursor *cursor)
{
	bool row = false;

	if (cursor->error)
		return cursor->error;
	if (cursor->answer)
		return next_answer(cursor);
	if (cursor->row == BEFORE && cursor->store->batch)
		cursor->statement->missed++;
	cursor->row = 0;
	cursor->error = cursor->store->driver->step(cursor->statement->handle, &row);
	if (cursor->error)
		return store_fail(cursor->store, cursor->error);
	return row ? 1 : 0;
}

void cursor_close(struct cursor *cursor)
{
	int error;

	if (!cursor->statement)
		return;
	error = statement_give(cursor->store, cursor->statement);
	if (error && !cursor->error)
		store_fail(cursor->store, error);
	cursor->statement = NULL;
	while (cursor->nheld)
		free(cursor->held[--cursor->nheld]);
}

int cursor_one(struct cursor *cursor, int result)
{
	cursor_close(cursor);
	if (result < 0)
		return result;
	return result ? OK : ERR_NOT_FOUND;
}

bool cursor_foreseen(const struct cursor *cursor, size_t *rows)
{
	*rows = cursor->answer ? answer_count(cursor->answer) : 0;
	return cursor->answer != NULL;
}

/* The driver's statement at the row; its own columns come behind the number of a set. */
static void *row_of(const struct cursor *cursor, int *column)
{
	if (!cursor->answer)
		return cursor->statement->handle;
	++*column;
	return answer_row(cursor->store, cursor->answer, cursor->row);
}

int64_t cursor_int(const struct cursor *cursor, int column)
{
	void *row = row_of(cursor, &column);

	return cursor->store->driver->column_int(row, column);
}

const char *cursor_peek(const struct cursor *cursor, int column)
{
	void *row = row_of(cursor, &column);
	size_t length;

	return cursor->store->driver->column_data(row, column, &length);
}

const char *cursor_text(const struct cursor *cursor, struct arena *arena, int column)
{
	const char *text = cursor_peek(cursor, column);

	return text ? arena_strdup(arena, text) : NULL;
}

const char *cursor_secret(const struct cursor *cursor, struct arena *arena, int column)
{
	const char *text = cursor_peek(cursor, column), *copy;
	char *open = text ? unseal_text(cursor->store->keys, text) : NULL;

	if (!text)
		return NULL;
	copy = arena_strdup(arena, open ? open : text);
	free(open);
	return copy;
}

const unsigned char *cursor_secret_blob(
	const struct cursor *cursor, struct arena *arena, int column, size_t *length)
{
	unsigned char *data = (unsigned char *)cursor_blob(cursor, arena, column, length);

	if (data)
		*length = unseal_octets(cursor->store->keys, data, *length);
	return data;
}

const unsigned char *cursor_blob(
	const struct cursor *cursor, struct arena *arena, int column, size_t *length)
{
	void *row = row_of(cursor, &column);
	const void *data = cursor->store->driver->column_data(row, column, length);
	unsigned char *copy;

	if (!data)
		return NULL;
	copy = arena_alloc(arena, *length + 1);
	if (*length)
		memcpy(copy, data, *length);
	return copy;
}

int query_run(struct store *store, const char *sql, const struct param *params, size_t count)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, sql, params, count);
	if (store->driver->run && !cursor.error && !cursor.answer) {
		result = store->driver->run(cursor.statement->handle);
		if (result)
			store_fail(store, result);
	} else {
		do {
			result = cursor_next(&cursor);
		} while (result > 0);
	}
	cursor_close(&cursor);
	return result;
}

int query_change(struct store *store, const char *sql, const struct param *params, size_t count,
	int64_t *changed)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, sql, params, count);
	do {
		result = cursor_next(&cursor);
	} while (result > 0);
	if (!result)
		*changed = cursor.answer ? (int64_t)answer_count(cursor.answer)
					 : store->driver->changes(cursor.statement->handle);
	cursor_close(&cursor);
	return result;
}

int query_int(struct store *store, const char *sql, const struct param *params, size_t count,
	int64_t *out)
{
	struct cursor cursor;
	bool found = false;
	int result;

	cursor_open(&cursor, store, sql, params, count);
	while ((result = cursor_next(&cursor)) > 0) {
		if (!found)
			*out = cursor_int(&cursor, 0);
		found = true;
	}
	cursor_close(&cursor);
	if (result)
		return result;
	return found ? OK : ERR_NOT_FOUND;
}
