/* Additions to counts and serials, merged in memory until the commit or the next read.
 * A large batch writes its additions to tallies as one row of a log, in its own transaction; they
 * are folded into the tables before a sum is read, when little comes in, and when the log is
 * long. Where several write at once whoever has the time folds for all: the rows that it takes
 * nobody else takes.
 *
 * Several may write the same cells at once. Nobody waits in a circle: a batch writes them once, in
 * the order of tables and keys; whoever has folded in the middle of a batch adds to the log at its
 * end, and what everybody counts of phones comes last of all. */
#include "store/base/merge.h"

#include <stdlib.h>
#include <string.h>
#include <sodium.h>

#include "parsers/text/hash.h"
#include "store/base/lock.h"
#include "store/base/merge_log.h"
#include "store/base/merge_state.h"
#include "store/base/merge_tables.h"
#include "store/driver/sharing.h"
#include "store/statement/ahead.h"
#include "store/statement/memo.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define LOG_LEAST 64 /* fewer are written where they belong at once: somebody may look */
#define LOG_MOST  (16 << 20) /* longer is folded by the batch itself: nobody has */

/* Stocks are written where they belong by who has locked the desa. */
static bool is_logged(const struct store *store, enum merge_table table)
{
	return merge_is_tally(table) && !(store->driver->sharing && merge_is_named(table));
}

static int kind_of(const struct store *store, enum merge_table table)
{
	return !merge_is_tally(table) ? OTHERS : is_logged(store, table) ? LOGGED : UNLOGGED;
}

#define KEY_ROOM 256 /* for nearly every key */

static size_t key_length(enum merge_table table, const char *const *parts)
{
	size_t length = 1;

	for (size_t i = 0; i < merge_parts(table); i++)
		length += strlen(parts[i]) + 1;
	return length;
}

/* The parts, each with its NUL, behind one octet for the table. */
static void key_write(char *key, enum merge_table table, const char *const *parts)
{
	*key++ = (char)table;
	for (size_t i = 0; i < merge_parts(table); i++)
		key = stpcpy(key, parts[i]) + 1;
}

static struct addition *find(const struct merge *merge, const char *key, size_t length)
{
	struct addition *addition = NULL;

	if (merge)
		HASH_FIND(hh, merge->additions, key, length, addition);
	return addition;
}

int64_t merge_pending(struct store *store, enum merge_table table, const char *const *parts)
{
	size_t length = key_length(table, parts);
	char room[KEY_ROOM], *key = length > sizeof(room) ? xcalloc(1, length) : room;
	const struct addition *addition;

	key_write(key, table, parts);
	addition = find(store->merge, key, length);
	if (key != room)
		free(key);
	return addition ? addition->delta : 0;
}

static struct addition *addition_new(
	struct store *store, enum merge_table table, const char *key, size_t length)
{
	struct merge *merge = store->merge;
	struct addition *addition = arena_alloc(merge->arena, sizeof(*addition) + length);
	char *part = addition->key + 1;

	memcpy(addition->key, key, length);
	addition->table = table;
	merge->tallies += merge_is_tally(table);
	for (size_t i = 0; i < merge_parts(table); i++, part += strlen(part) + 1)
		addition->parts[i] = part;
	HASH_ADD_KEYPTR(hh, merge->additions, addition->key, length, addition);
	return addition;
}

void merge_add(struct store *store, enum merge_table table, const char *const *parts, int64_t delta)
{
	size_t length = key_length(table, parts);
	char room[KEY_ROOM], *key = length > sizeof(room) ? xcalloc(1, length) : room;
	struct addition *addition;

	key_write(key, table, parts);
	if (!store->merge) {
		store->merge = xcalloc(1, sizeof(*store->merge));
		store->merge->arena = arena_new();
	}
	addition = find(store->merge, key, length);
	if (!addition)
		addition = addition_new(store, table, key, length);
	addition->delta += delta;
	if (key != room)
		free(key);
}

static void counter_changed(struct store *store, const struct param *params)
{
	char key[MERGE_COUNTER_KEY];

	ahead_forget(store, MERGE_COUNTERS, params);
	if (merge_counter_key(
		    key, (const char *const[]){params[0].data, params[1].data, params[2].data}))
		memo_forget(store, MERGE_COUNTERS, key);
}

static void serial_changed(struct store *store, const char *const *parts)
{
	char key[MERGE_COUNTER_KEY];

	if (merge_serial_key(key, parts))
		memo_forget(store, MERGE_SERIALS, key);
}

static int addition_write(struct store *store, const struct addition *addition)
{
	struct param params[MERGE_PARTS + 1];
	size_t count = merge_parts(addition->table);

	if (!addition->delta)
		return OK;
	for (size_t i = 0; i < count; i++)
		params[i] = p_text(addition->parts[i]);
	params[count] = p_int(addition->delta);
	if (addition->table == MERGE_COUNTER)
		counter_changed(store, params);
	if (addition->table == MERGE_SERIAL)
		serial_changed(store, addition->parts);
	return bulk_run(store, &tables[addition->table], params);
}

static int by_key(const void *a, const void *b)
{
	const struct addition *x = *(const struct addition *const *)a;
	const struct addition *y = *(const struct addition *const *)b;
	size_t length = x->hh.keylen < y->hh.keylen ? x->hh.keylen : y->hh.keylen;

	return memcmp(x->key, y->key, length); /* the NUL of its last part ends the shorter one */
}

/* Those of some kinds in the order of tables and keys, which are no additions any more. */
struct addition **merge_take(struct store *store, int which, size_t *count)
{
	struct merge *merge = store->merge;
	struct addition **sorted =
		xcalloc(HASH_COUNT(merge->additions) + 1, sizeof(struct addition *));
	struct addition *addition, *next;

	*count = 0;
	HASH_ITER (hh, merge->additions, addition, next) {
		if (!(which & kind_of(store, addition->table)))
			continue;
		if (addition->delta)
			sorted[(*count)++] = addition;
		HASH_DEL(merge->additions, addition);
	}
	qsort(sorted, *count, sizeof(struct addition *), by_key);
	if (which & LOGGED)
		merge->tallies = 0;
	return sorted;
}

/* So sorted neighbours share pages; those that every batch touches come last. */
static int additions_write(struct store *store, int which)
{
	size_t count, at;
	struct addition **sorted = merge_take(store, which, &count);
	int error = OK;

	for (at = 0; !error && at < count; at++)
		error = addition_write(store, sorted[at]);
	free(sorted);
	store->merge->folded |= (which & LOGGED) && count > 0;
	return error;
}

bool merge_line(struct strbuf *text, const struct addition *addition)
{
	size_t at = text->length, length = addition->hh.keylen;

	strbuf_add(text, addition->key, length);
	text->text[at] = (char)('A' + addition->table);
	for (size_t i = at + 1; i < at + length; i++) {
		if (text->text[i] == LOG_PART || text->text[i] == LOG_END)
			return false;
		if (!text->text[i])
			text->text[i] = LOG_PART;
	}
	if (addition->delta == 1) /* mostly */
		strbuf_add(text, (const char[]){'1', LOG_END}, 2);
	else
		strbuf_printf(text, "%lld%c", (long long)addition->delta, LOG_END);
	return true;
}

static bool log_text(const struct store *store, struct strbuf *text)
{
	const struct addition *addition;

	for (addition = store->merge->additions; addition; addition = addition->hh.next) {
		if (is_logged(store, addition->table) && addition->delta &&
			!merge_line(text, addition))
			return false;
	}
	return true;
}

static void months_add(struct store *store, const char *const *parts, int64_t delta)
{
	char month[16];

	copy_string(month, sizeof(month), parts[2]);
	month[7] = '\0';
	merge_add_levels(store, MERGE_MONTH, parts[0], parts[1], month, false, delta);
}

/* From now on of a table, where it may be already. */
static void becomes(struct merge *merge, struct addition *addition, enum merge_table table)
{
	struct addition *there;

	HASH_DEL(merge->additions, addition);
	addition->key[0] = (char)(addition->table = table);
	there = find(merge, addition->key, addition->hh.keylen);
	if (there)
		there->delta += addition->delta;
	else
		HASH_ADD_KEYPTR(hh, merge->additions, addition->key, addition->hh.keylen, addition);
}

/* What follows from an addition is worked out once for all that came to its key. */
void merge_expand(struct store *store)
{
	struct merge *merge = store->merge;
	struct addition *addition, *next;

	HASH_ITER (hh, merge->additions, addition, next) {
		if (addition->table == MERGE_EVENT) {
			months_add(store, addition->parts, addition->delta);
			becomes(merge, addition, MERGE_DAY);
		} else if (addition->table > MERGE_NAMED) {
			merge_add_sums(store, addition->parts, (int)(addition->table - MERGE_NAMED),
				addition->delta);
			becomes(merge, addition, MERGE_NAMED);
		}
	}
}

int merge_write_tallies(struct store *store, int which)
{
	int error;

	if (!store->merge)
		return OK;
	merge_expand(store);
	error = store_lock_share(store);
	return error ? error : additions_write(store, which);
}

/* A number that the row of this batch gets; 0: it is better folded now. */
static int log_next(struct store *store, int64_t *id)
{
	int error;

	if (store->driver->sharing) { /* nobody knows the others' */
		randombytes_buf(id, sizeof(*id));
		*id = (*id & INT64_MAX) | 1;
		return OK;
	}
	error = query_int(store, "SELECT coalesce(max(id), 0) FROM tally_log WHERE id > 0", NULL, 0,
		id);
	*id = store->log_octets >= LOG_MOST ? 0 : *id + 1;
	return error;
}

void merge_note(struct store *store, const struct addition *addition)
{
	struct logged_line line = {.table = addition->table, .delta = addition->delta};

	if (!merge_is_named(addition->table))
		return;
	memcpy(line.parts, addition->parts, sizeof(line.parts));
	logged_note(store, &line, 1);
}

/* In the log; *folded: where they belong instead, because they cannot. */
static int log_put(struct store *store, bool *folded)
{
	const struct addition *addition = store->merge->additions;
	struct strbuf text = {0};
	int64_t id = 0;
	int error = log_next(store, &id);

	*folded = id == 0 || !log_text(store, &text);
	if (!error && *folded)
		error = merge_fold(store);
	else if (!error && text.text)
		error = store_lock_share(store);
	if (!error && !*folded && text.text)
		error = query_run(store, "INSERT INTO tally_log (id, data) VALUES (?, ?)",
			PARAMS(p_int(id), p_text(text.text)));
	for (; !error && !*folded && addition; addition = addition->hh.next)
		merge_note(store, addition);
	store->log_octets += text.length;
	strbuf_free(&text);
	return error;
}

int merge_settle(struct store *store)
{
	const struct merge *merge = store->merge;
	bool again = merge && merge->folded && store->driver->sharing, folded;
	int error = OK;

	if (!merge)
		return OK;
	if (merge->tallies < LOG_LEAST && !again) /* the log may wait: these add to the same */
		error = merge_write_tallies(store, TALLIES);
	else if (merge->tallies > 0)
		error = log_put(store, &folded);
	if (!error)
		error = additions_write(store, UNLOGGED | OTHERS);
	if (!error)
		merge_drop(store);
	return error;
}

void merge_drop(struct store *store)
{
	struct merge *merge = store->merge;

	if (!merge)
		return;
	HASH_CLEAR(hh, merge->additions);
	arena_free(merge->arena);
	free(merge);
	store->merge = NULL;
}
