/* Lines of the log, and the stocks by name in it: see merge_log.h. What is known of it holds until
 * another connection writes, or a batch is taken back; then the log is read again. */
#include "store/base/merge_log.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/text/hash.h"
#include "store/driver/driver.h"
#include "store/statement/store_state.h"

#define KEY_ROOM 256
#define PARTS	 4 /* of a stock by name */

struct waiting {
	UT_hash_handle hh;
	int64_t delta;
	char key[]; /* the parts */
};

struct logged {
	struct waiting *stocks;
	uint64_t generation;
	bool known;
};

int logged_next(char **text, struct logged_line *line, bool *any)
{
	char *rest = strsep(text, "\n"), *delta;

	*any = rest && *rest;
	if (!*any)
		return OK;
	line->table = (enum merge_table)(*rest++ - 'A');
	if (!merge_is_tally(line->table))
		return ERR_STORE;
	for (size_t i = 0; i < merge_parts(line->table); i++) {
		line->parts[i] = strsep(&rest, "\t");
		if (!rest)
			return ERR_STORE;
	}
	delta = rest;
	line->delta = strtoll(delta, NULL, 10);
	return OK;
}

static bool is_current(const struct store *store)
{
	return store->logged && store->logged->known && store->batch &&
		store->logged->generation == store->generation;
}

/* Into the room, or one of its own. */
static char *key_of(const char *const *parts, char room[KEY_ROOM], size_t *length)
{
	char *key = room, *end;

	*length = 0;
	for (size_t i = 0; i < PARTS; i++)
		*length += strlen(parts[i]) + 1;
	if (*length > KEY_ROOM)
		key = xcalloc(1, *length);
	end = key;
	for (size_t i = 0; i < PARTS; i++)
		end = stpcpy(end, parts[i]) + 1;
	return key;
}

static struct waiting *find(
	struct logged *logged, const char *const *parts, bool make)
{
	char room[KEY_ROOM], *key;
	struct waiting *waiting;
	size_t length;

	key = key_of(parts, room, &length);
	HASH_FIND(hh, logged->stocks, key, length, waiting);
	if (!waiting && make) {
		waiting = xcalloc(1, sizeof(*waiting) + length);
		memcpy(waiting->key, key, length);
		HASH_ADD_KEYPTR(hh, logged->stocks, waiting->key, length, waiting);
	}
	if (key != room)
		free(key);
	return waiting;
}

static void drop(struct logged *logged, struct waiting *waiting)
{
	HASH_DEL(logged->stocks, waiting);
	free(waiting);
}

static void add(struct logged *logged, const struct logged_line *line, int sign)
{
	struct waiting *waiting = find(logged, line->parts, true);

	waiting->delta += sign * line->delta;
	if (waiting->delta == 0)
		drop(logged, waiting);
}

void logged_note(struct store *store, const struct logged_line *line, int sign)
{
	if (merge_is_named(line->table) && is_current(store))
		add(store->logged, line, sign);
}

static void clear(struct logged *logged)
{
	struct waiting *waiting, *next;

	HASH_ITER (hh, logged->stocks, waiting, next)
		drop(logged, waiting);
}

void logged_none(struct store *store)
{
	if (!store->logged)
		store->logged = xcalloc(1, sizeof(*store->logged));
	clear(store->logged);
	store->logged->generation = store->generation;
	store->logged->known = true;
}

static int row_read(struct store *store, const char *data)
{
	char *copy = xstrdup(data), *text = copy;
	struct logged_line line;
	bool any = true;
	int error = OK;

	while (!error && any) {
		error = logged_next(&text, &line, &any);
		if (!error && any && merge_is_named(line.table))
			add(store->logged, &line, 1);
	}
	free(copy);
	return error;
}

static int read_all(struct store *store)
{
	struct cursor cursor;
	int result, error = OK;

	logged_none(store);
	cursor_open(&cursor, store, "SELECT data FROM tally_log", NULL, 0);
	while (!error && (result = cursor_next(&cursor)) > 0)
		error = row_read(store, cursor_peek(&cursor, 0));
	cursor_close(&cursor);
	store->logged->known &= error == OK && result == 0;
	return error ? error : result;
}

int logged_find(struct store *store, const char *const *parts, int64_t *delta)
{
	int error = is_current(store) ? OK : read_all(store);
	const struct waiting *waiting = error ? NULL : find(store->logged, parts, false);

	*delta = waiting ? waiting->delta : 0;
	return error;
}

void logged_free(struct store *store)
{
	if (!store->logged)
		return;
	clear(store->logged);
	free(store->logged);
	store->logged = NULL;
}
