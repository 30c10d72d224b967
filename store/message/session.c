/* Conversation state by key, and counters that limit. See deadline.h. */
#include "store/message/deadline.h"

#include <sodium.h>
#include <string.h>

#include "store/base/merge.h"
#include "store/base/span.h"
#include "store/message/foresee.h"
#include "store/secret/seal.h"
#include "store/statement/ahead.h"
#include "store/statement/memo.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define SESSION "session" /* kinds of what is foreseen */

static const struct question session_row_of = {SESSION,
	"SELECT data, expires FROM sessions WHERE key = ? AND kind = ?", "TT"};
static const struct question session_any = {"session-any",
	"SELECT 1 FROM sessions WHERE kind = ? LIMIT 1", "T"};
static const struct question counter_row_of = {MERGE_COUNTERS,
	"SELECT count FROM counters WHERE kind = ? AND key = ? AND time_window = ?", "TTT"};

#define ANY "any" /* kind of what is known: rows of a kind */

static struct memo_value value_of(const char *data, int64_t expires)
{
	return (struct memo_value){data, data ? strlen(data) + 1 : 0, expires};
}

/* Is there a row of the kind at all? */
int store_session_any(struct store *store, const char *kind, bool *any)
{
	struct memo_value known;
	int64_t one;
	int error;

	if (memo_find(store, ANY, kind, &known)) {
		*any = known.data != NULL;
		return OK;
	}
	error = query_int(store, session_any.sql, PARAMS(p_text(kind)), &one);
	*any = !error;
	if (error && error != ERR_NOT_FOUND)
		return error;
	known = value_of(*any ? "" : NULL, 0);
	memo_put(store, ANY, kind, &known, MEMO_READ);
	return OK;
}

int store_session_get(struct store *store, struct arena *arena, const char *kind, const char *key,
	int64_t now, const char **data)
{
	struct memo_value known;
	struct cursor cursor;
	int64_t expires = 0;
	int result;

	bool any = true;

	*data = NULL;
	if (!memo_find(store, kind, key, &known)) {
		result = store->batch ? store_session_any(store, kind, &any) : OK;
		if (result)
			return result;
		if (!any)
			return ERR_NOT_FOUND;
		cursor_open(&cursor, store, session_row_of.sql,
			PARAMS(p_text(key), p_text(kind)));
		result = cursor_next(&cursor);
		if (result > 0) {
			*data = cursor_secret(&cursor, arena, 0);
			expires = cursor_int(&cursor, 1);
		}
		cursor_close(&cursor);
		if (result < 0)
			return result;
		known = value_of(*data, expires);
		memo_put(store, kind, key, &known, MEMO_READ);
	} else if (known.data && known.expires > now) {
		*data = arena_strdup(arena, known.data);
	}
	if (known.data && known.expires > now)
		return OK;
	*data = NULL;
	return ERR_NOT_FOUND;
}

void store_session_foresee(struct store *store, const char *kind, const char *key)
{
	store_session_any_foresee(store, kind);
	ahead_foresee(store, &session_row_of, ROW(p_text(key), p_text(kind)));
}

void store_session_any_foresee(struct store *store, const char *kind)
{
	ahead_foresee(store, &session_any, ROW(p_text(kind)));
}

/* Rows of it are written: what was read ahead is not true any more. */
static void written(struct store *store, const char *kind, const char *key)
{
	ahead_forget(store, SESSION, ROW(p_text(key)));
	ahead_forget(store, session_any.kind, ROW(p_text(kind)));
}

int store_session_put(
	struct store *store, const char *kind, const char *key, const char *data, int64_t expires)
{
	const struct memo_value value = value_of(data, expires), some = value_of("", 0);

	memo_put(store, kind, key, &value, MEMO_WRITTEN);
	memo_put(store, ANY, kind, &some, MEMO_WRITTEN);
	written(store, kind, key);
	return query_run(store,
		"INSERT INTO sessions (kind, key, data, expires) VALUES (?,?,?,?) "
		"ON CONFLICT (kind, key) DO UPDATE SET data = excluded.data, expires = "
		"excluded.expires",
		PARAMS(p_text(kind), p_text(key), p_secret(data), p_int(expires)));
}

int store_session_drop(struct store *store, const char *kind, const char *key)
{
	const struct memo_value none = {0};

	memo_put(store, kind, key, &none, MEMO_WRITTEN);
	written(store, kind, key);
	return query_run(store, "DELETE FROM sessions WHERE kind = ? AND key = ?",
		PARAMS(p_text(kind), p_text(key)));
}

int store_session_sweep(struct store *store, int64_t now)
{
	memo_sweep(store, now);
	ahead_forget(store, SESSION, NULL);
	return query_run(store, "DELETE FROM sessions WHERE expires <= ?", PARAMS(p_int(now)));
}

int store_session_each(struct store *store, const char *kind, session_row *each, void *context)
{
	struct arena *arena = arena_new();
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, "SELECT key, data, expires FROM sessions WHERE kind = ?",
		PARAMS(p_text(kind)));
	while ((result = cursor_next(&cursor)) > 0) {
		each(cursor_peek(&cursor, 0), cursor_secret(&cursor, arena, 1),
			cursor_int(&cursor, 2), context);
		arena_reset(arena);
	}
	cursor_close(&cursor);
	arena_free(arena);
	return result;
}

#define HABIT "habit" /* kind of what is kept in memory */

bool store_habit_get(struct store *store, const char *phone, void *data, size_t length)
{
	struct memo_value known;

	if (!memo_find(store, HABIT, phone, &known) || known.length != length)
		return false;
	memcpy(data, known.data, length);
	return true;
}

void store_habit_put(
	struct store *store, const char *phone, const void *data, size_t length, int64_t expires)
{
	const struct memo_value value = {data, length, expires};

	memo_put(store, HABIT, phone, &value, MEMO_KEPT);
}

/* What is written and what the batch added so far. */
int store_counter_get(
	struct store *store, const char *kind, const char *key, const char *window, int64_t *count)
{
	const char *const parts[] = {kind, key, window};
	const struct memo_value value = {count, sizeof(*count), 0};
	char name[MERGE_COUNTER_KEY];
	bool named = merge_counter_key(name, parts);
	struct memo_value known;
	int error = OK;

	if (named && memo_find(store, MERGE_COUNTERS, name, &known)) {
		memcpy(count, known.data, sizeof(*count));
	} else {
		error = query_int(store, counter_row_of.sql,
			PARAMS(p_text(kind), p_text(key), p_text(window)), count);
		if (error == ERR_NOT_FOUND) {
			*count = 0;
			error = OK;
		}
		if (!error && named)
			memo_put(store, MERGE_COUNTERS, name, &value, MEMO_READ);
	}
	if (!error)
		*count += merge_pending(store, MERGE_COUNTER, parts);
	return error;
}

void store_counter_foresee(
	struct store *store, const char *kind, const char *key, const char *window)
{
	ahead_foresee(store, &counter_row_of, ROW(p_text(kind), p_text(key), p_text(window)));
}

/* Written with the batch. */
int store_counter_add(
	struct store *store, const char *kind, const char *key, const char *window, int64_t *count)
{
	const char *const parts[] = {kind, key, window};
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	error = store_counter_get(store, kind, key, window, count);
	if (!error) {
		merge_add(store, MERGE_COUNTER, parts, 1);
		(*count)++;
	}
	return span_end(&span, error);
}

int store_counter_sweep(struct store *store, const char *kind, const char *window)
{
	ahead_forget(store, MERGE_COUNTERS, NULL);
	return query_run(store, "DELETE FROM counters WHERE kind = ? AND time_window < ?",
		PARAMS(p_text(kind), p_text(window)));
}

int store_counter_top(struct store *store, struct arena *arena, const char *kind,
	const char *window, struct counter_row *rows, size_t room, size_t *count)
{
	struct cursor cursor;
	int error;

	*count = 0;
	cursor_open(&cursor, store,
		"SELECT key, count FROM counters WHERE kind = ? AND time_window = ?"
		" ORDER BY count DESC, key LIMIT ?",
		PARAMS(p_text(kind), p_text(window), p_int((int64_t)room)));
	while ((error = cursor_next(&cursor)) == 1 && *count < room)
		rows[(*count)++] = (struct counter_row){.key = cursor_text(&cursor, arena, 0),
			.count = cursor_int(&cursor, 1)};
	cursor_close(&cursor);
	return error < 0 ? error : OK;
}

void store_counter_blind(const struct store *store, const char *text, char hash[STORE_BLIND])
{
	unsigned char digest[(STORE_BLIND - 1) / 2];

	if (store->keys)
		seal_blind(store->keys, text, strlen(text), digest, sizeof(digest));
	else
		crypto_generichash(digest, sizeof(digest), (const unsigned char *)text,
			strlen(text), NULL, 0);
	sodium_bin2hex(hash, STORE_BLIND, digest, sizeof(digest));
}
