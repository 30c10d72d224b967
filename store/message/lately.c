/* The newest rows of each phone: see lately.h. */
#include "store/message/lately.h"

#include <string.h>

#include "parsers/text/text.h"
#include "store/message/foresee.h"
#include "store/statement/ahead.h"
#include "store/statement/bulk.h"
#include "store/statement/memo.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define SLACK 3600 /* seconds that a clock may have been set back */

#define TEXT_COLUMNS "kind, CASE state WHEN 'waiting' THEN state ELSE '' END, created, text"
static const struct question ask_lately = {LATELY,
	"SELECT " TEXT_COLUMNS " FROM outbox WHERE recipient = ? AND created >= ? "
	"ORDER BY created DESC, id DESC LIMIT ?",
	"TII"};

static const struct question ask_answers = {LATELY_ANSWERS,
	"SELECT count(*) FROM outbox WHERE recipient = ? AND created >= ? AND kind = 'reply'",
	"TI"};

struct row {
	int64_t id, created;
	struct overlap_sketch sketch; /* no letters: not known */
};

struct newest {
	struct row rows[LATELY_MOST];
	size_t count; /* so many are kept: most phones get one */
};

static struct newest newest_of(struct store *store, const char *recipient)
{
	struct newest newest = {.count = 0};
	struct memo_value known;

	if (!memo_find(store, LATELY, recipient, &known) || known.length > sizeof(newest.rows))
		return newest;
	memcpy(newest.rows, known.data, known.length);
	newest.count = known.length / sizeof(newest.rows[0]);
	return newest;
}

static void keep(struct store *store, const char *recipient, const struct newest *newest)
{
	const struct memo_value value = {newest->rows, newest->count * sizeof(newest->rows[0]),
		newest->rows[0].created + LATELY_SECONDS + SLACK};

	memo_put(store, LATELY, recipient, &value, MEMO_KEPT);
}

static void note(struct store *store, const char *recipient, const struct row *row)
{
	struct newest newest = newest_of(store, recipient);

	for (size_t i = 0; i < newest.count; i++) {
		if (newest.rows[i].id == row->id)
			return; /* taken up a second time */
	}
	newest.count += newest.count < LATELY_MOST;
	memmove(newest.rows + 1, newest.rows, (newest.count - 1) * sizeof(newest.rows[0]));
	newest.rows[0] = *row;
	keep(store, recipient, &newest);
}

static struct overlap_sketch sketch_of(struct lately *lately, const char *text)
{
	if (!lately->arena)
		lately->arena = arena_new();
	arena_reset(lately->arena);
	return overlap_sketch(text_fold(lately->arena, text));
}

/* What the batches before this one put is committed as long as the generation stays. */
void lately_note(struct store *store, const char *recipient, int64_t id, int64_t created,
	const char *text)
{
	struct lately *lately = &store->lately;
	struct row row = {.id = id, .created = created};

	if (!lately->known || lately->generation != store->generation)
		return; /* it will be read together with what others wrote */
	if (lately->batch != store->batches) {
		lately->committed = lately->last;
		lately->batch = store->batches;
	}
	lately->last = id;
	row.sketch = sketch_of(lately, text);
	note(store, recipient, &row);
}

/* The first number of a time: numbers follow it. */
static int first_since(struct store *store, int64_t since, int64_t *first)
{
	int64_t low = 0, high = 0, at, created;
	int error = query_int(store, "SELECT coalesce(max(id), 0) FROM outbox", NULL, 0, &high);

	high++;
	while (!error && low < high) {
		at = low + (high - low) / 2;
		error = query_int(store,
			"SELECT created FROM outbox WHERE id >= ? ORDER BY id LIMIT 1",
			PARAMS(p_int(at)), &created);
		if (error == ERR_NOT_FOUND || (!error && created >= since)) {
			error = OK;
			high = at;
		} else {
			low = at + 1;
		}
	}
	*first = low;
	return error;
}

/* A rollback took away what its batch noted: all behind what was surely committed is read again. */
static int catch_up(struct store *store)
{
	struct lately *lately = &store->lately;
	int64_t first = lately->committed + 1;
	struct cursor cursor;
	int result = OK;

	if (lately->known && lately->generation == store->generation)
		return OK;
	if (!lately->known)
		result = first_since(store, store->now - LATELY_SECONDS - SLACK, &first);
	if (result)
		return result;
	lately->last = first - 1;
	cursor_open(&cursor, store,
		"SELECT id, recipient, created FROM outbox WHERE id >= ? ORDER BY id",
		PARAMS(p_int(first)));
	while ((result = cursor_next(&cursor)) > 0) {
		const struct row row = {
			.id = cursor_int(&cursor, 0), .created = cursor_int(&cursor, 2)};

		lately->last = row.id;
		note(store, cursor_peek(&cursor, 1), &row);
	}
	cursor_close(&cursor);
	if (result)
		return result;
	if (!lately->known)
		lately->committed = first - 1;
	lately->known = true;
	lately->generation = store->generation;
	lately->batch = store->batches;
	return OK;
}

/* *last: the last text; NULL when there is none. */
static int texts_read(struct store *store, struct arena *arena, const char *sql,
	const struct param *params, size_t count, outbox_text *each, void *context,
	const char **last)
{
	struct cursor cursor;
	int result;

	*last = NULL;
	cursor_open(&cursor, store, sql, params, count);
	while ((result = cursor_next(&cursor)) > 0) {
		*last = cursor_secret(&cursor, arena, 3);
		each(cursor_peek(&cursor, 0), cursor_peek(&cursor, 1), cursor_int(&cursor, 2),
			*last, context);
	}
	cursor_close(&cursor);
	return result;
}

/* In memory it needs no foresight. */
void store_outbox_lately_foresee(
	struct store *store, const char *recipient, int64_t since, size_t most)
{
	if (store->driver->sharing)
		ahead_foresee(store, &ask_lately,
			ROW(p_text(recipient), p_int(since), p_int((int64_t)most)));
}

int store_outbox_lately(struct store *store, struct arena *arena, const char *recipient,
	int64_t since, size_t most, outbox_wanted *wanted, outbox_text *each, void *context)
{
	struct newest newest;
	const char *text;
	bool learned = false;
	int error;

	if (store->driver->sharing || most > LATELY_MOST || since < store->now - LATELY_SECONDS)
		return texts_read(store, arena, ask_lately.sql,
			PARAMS(p_text(recipient), p_int(since), p_int((int64_t)most)), each,
			context, &text);
	error = catch_up(store);
	newest = newest_of(store, recipient);
	for (size_t i = 0; !error && i < most && i < newest.count; i++) {
		struct row *row = &newest.rows[i];

		if (wanted && row->sketch.letters > 0 &&
			!wanted(row->created, &row->sketch, context))
			continue;
		error = texts_read(store, arena,
			"SELECT " TEXT_COLUMNS " FROM outbox WHERE id = ? AND recipient = ? AND "
			"created >= ?",
			PARAMS(p_int(row->id), p_text(recipient), p_int(since)), each, context,
			&text);
		if (text && row->sketch.letters == 0) { /* another process put it */
			row->sketch = sketch_of(&store->lately, text);
			learned = true;
		}
	}
	if (learned)
		keep(store, recipient, &newest);
	return error;
}

void store_outbox_answers_foresee(struct store *store, const char *recipient, int64_t since)
{
	ahead_foresee(store, &ask_answers, ROW(p_text(recipient), p_int(since)));
}

int store_outbox_answers(
	struct store *store, const char *recipient, int64_t since, int64_t *count)
{
	return query_int(
		store, ask_answers.sql, PARAMS(p_text(recipient), p_int(since)), count);
}
