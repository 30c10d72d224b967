/* Names of gateways, their signs of life, and what a silent one leaves. See gateway.h. */
#include "store/message/gateway.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/base/span.h"
#include "store/driver/sharing.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

bool store_gateway_shared(const struct store *store)
{
	return store->driver->sharing != NULL;
}

/* Who has it: ERR_NOT_FOUND when nobody ever had. */
static int look_up(struct store *store, struct arena *arena, const char *name,
	struct gateway_row *row)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store,
		"SELECT name, holder, unixepoch() - beat FROM gateways WHERE name = ?",
		PARAMS(p_text(name)));
	result = cursor_next(&cursor);
	if (result > 0)
		*row = (struct gateway_row){.name = cursor_text(&cursor, arena, 0),
			.holder = cursor_text(&cursor, arena, 1),
			.silent = cursor_int(&cursor, 2)};
	return cursor_one(&cursor, result);
}

static int take(struct store *store, const char *name, const char *holder, int64_t *epoch)
{
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	error = query_int(store,
		"INSERT INTO gateways (name, epoch, holder, beat) VALUES (?, 1, ?, unixepoch()) "
		"ON CONFLICT (name) DO UPDATE SET epoch = gateways.epoch + 1, "
		"holder = excluded.holder, beat = excluded.beat RETURNING epoch",
		PARAMS(p_text(name), p_text(holder)), epoch);
	return span_end(&span, error);
}

int store_gateway_take(struct store *store, const char *name, const char *holder, char *detail)
{
	struct arena *arena = arena_new();
	struct gateway_row row = {0};
	bool held = true;
	int64_t epoch;
	int error = OK;

	detail[0] = '\0';
	if (store->driver->sharing)
		error = store->driver->sharing->hold(store->db, name, &held);
	if (error)
		store_fail(store, error);
	if (!error && !held)
		error = look_up(store, arena, name, &row);
	if (error == ERR_NOT_FOUND)
		error = OK;
	if (!error && !held && row.name && row.silent < GATEWAY_SILENT) {
		snprintf(detail, DETAIL_SIZE,
			"the name %s is that of %s, which lived %" PRId64 " s ago. Each gateway "
			"needs a name of its own ([gateway] name)",
			name, row.holder, row.silent);
		error = ERR_EXISTS;
	}
	if (!error)
		error = take(store, name, holder, &epoch);
	if (!error && store->driver->sharing)
		store->driver->sharing->own(store->db, name, epoch);
	if (error && !*detail)
		copy_string(detail, DETAIL_SIZE, store->detail);
	arena_free(arena);
	return error;
}

int store_gateway_join(struct store *store, const char *name)
{
	int64_t epoch;
	int error = query_int(store, "SELECT epoch FROM gateways WHERE name = ?",
		PARAMS(p_text(name)), &epoch);

	if (!error && store->driver->sharing)
		store->driver->sharing->own(store->db, name, epoch);
	return error;
}

static int write_links(
	struct store *store, const char *name, const char *const *links, size_t count)
{
	int error = query_run(
		store, "DELETE FROM gateway_links WHERE gateway = ?", PARAMS(p_text(name)));

	for (size_t i = 0; !error && i < count; i++)
		error = query_run(store,
			"INSERT INTO gateway_links (gateway, link) VALUES (?, ?) "
			"ON CONFLICT DO NOTHING",
			PARAMS(p_text(name), p_text(links[i])));
	return error;
}

static int links_differ(struct store *store, const char *name, const char *const *links,
	size_t count, bool *differ)
{
	struct cursor cursor;
	size_t known = 0, same = 0;
	int result;

	cursor_open(&cursor, store, "SELECT link FROM gateway_links WHERE gateway = ?",
		PARAMS(p_text(name)));
	while ((result = cursor_next(&cursor)) > 0) {
		known++;
		for (size_t i = 0; i < count; i++)
			same += strcmp(cursor_peek(&cursor, 0), links[i]) == 0;
	}
	cursor_close(&cursor);
	*differ = known != count || same != count;
	return result;
}

int store_gateway_beat(
	struct store *store, const char *name, const char *const *links, size_t count)
{
	struct span span;
	bool differ = false;
	int error = span_begin(&span, store);

	if (error)
		return error;
	if (count > 0) /* at the start they are not known yet */
		error = links_differ(store, name, links, count, &differ);
	if (!error && differ)
		error = write_links(store, name, links, count);
	if (!error)
		error = query_run(store, "UPDATE gateways SET beat = unixepoch() WHERE name = ?",
			PARAMS(p_text(name)));
	return span_end(&span, error);
}

/* Rows of the outbox; see outbox.c for the columns. */
static int take_rows(struct store *store, struct arena *arena, const char *from, const char *to,
	const char *link, struct outbox *rows, size_t room, size_t *count)
{
	size_t found = 0;
	int error = store_outbox_claimed_by(store, arena, from, link, rows, room, &found);

	for (size_t i = 0; !error && i < found; i++) {
		error = query_run(store,
			"UPDATE outbox SET state = 'unsure', owner = ? WHERE id = ?",
			PARAMS(p_text(to), p_int(rows[i].id)));
		rows[i].state = "unsure";
		rows[i].owner = arena_strdup(arena, to);
	}
	*count += found;
	return error;
}

/* With a new epoch the silent one can change nothing more; a transaction of its that is under way
 * is waited for. */
static int take_from(struct store *store, struct arena *arena, const char *name, const char *silent,
	const char *const *links, size_t nlinks, struct outbox *rows, size_t room, size_t *count)
{
	struct span span;
	int64_t epoch;
	int error = span_begin(&span, store);

	if (error)
		return error;
	error = query_int(store,
		"UPDATE gateways SET epoch = epoch + 1 WHERE name = ? AND beat < unixepoch() - ? "
		"RETURNING epoch",
		PARAMS(p_text(silent), p_int(GATEWAY_SILENT)), &epoch);
	if (!error)
		error = take_rows(store, arena, silent, name, NULL, rows, room, count);
	for (size_t i = 0; !error && i < nlinks && *count < room; i++)
		error = take_rows(store, arena, silent, name, links[i], rows + *count,
			room - *count, count);
	if (error == ERR_NOT_FOUND) { /* it lives again */
		error = OK;
		*count = 0;
	}
	error = span_end(&span, error);
	if (error)
		*count = 0;
	return error;
}

int store_gateway_take_over(struct store *store, struct arena *arena, const char *name,
	const char *const *links, size_t nlinks, struct outbox *rows, size_t room, size_t *count)
{
	const char *silent = NULL;
	struct cursor cursor;
	int result;

	*count = 0;
	cursor_open(&cursor, store,
		"SELECT name FROM gateways g WHERE name <> ? AND beat < unixepoch() - ? AND EXISTS "
		"(SELECT 1 FROM outbox o WHERE o.owner = g.name AND o.state IN ('claimed', "
		"'unsure') AND (o.link IS NULL OR EXISTS (SELECT 1 FROM gateway_links l WHERE "
		"l.gateway = ? AND l.link = o.link))) ORDER BY name LIMIT 1",
		PARAMS(p_text(name), p_int(GATEWAY_SILENT), p_text(name)));
	result = cursor_next(&cursor);
	if (result > 0)
		silent = cursor_text(&cursor, arena, 0);
	result = cursor_one(&cursor, result);
	if (result)
		return result == ERR_NOT_FOUND ? OK : result;
	return take_from(store, arena, name, silent, links, nlinks, rows, room, count);
}

int store_gateway_has_link(struct store *store, const char *link, bool *has)
{
	int64_t found = 0;
	int error = query_int(store,
		"SELECT count(*) FROM gateway_links l JOIN gateways g ON g.name = l.gateway "
		"WHERE l.link = ? AND g.beat >= unixepoch() - 86400",
		PARAMS(p_text(link)), &found);

	*has = found > 0;
	return error;
}

int store_gateway_list(struct store *store, struct arena *arena, struct gateway_row *rows,
	size_t room, size_t *count)
{
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store,
		"SELECT name, holder, unixepoch() - beat FROM gateways ORDER BY name LIMIT ?",
		PARAMS(p_int((int64_t)room)));
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		rows[(*count)++] = (struct gateway_row){.name = cursor_text(&cursor, arena, 0),
			.holder = cursor_text(&cursor, arena, 1),
			.silent = cursor_int(&cursor, 2)};
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}
