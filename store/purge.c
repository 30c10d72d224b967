/* Emptying what people wrote, after its time: octets and texts go, the rows stay. See inbound.h.
 *
 * It walks by ranges of ids, so that what was emptied before is stepped over once and not in every
 * call, and a transaction stays short whatever the table holds. Where a row that only shrinks where
 * it stands frees no page, rows are taken out and put back without their texts.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "store/base/span.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"
#include "store/message/outbox.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define INBOUND_OLD "received < ? AND (length(octets) > 0 OR text IS NOT NULL)"
#define HUMAN_OLD   "received < ? AND text <> ''"
#define OUTBOX_OLD  "created < ? AND text <> '' AND state NOT IN ('waiting', 'claimed', 'unsure')"

struct purge {
	const char *table, *old, *empty; /* which rows; what becomes of them */
};

static const struct purge inbound_purge = {"inbound",
	INBOUND_OLD " AND id NOT IN (SELECT inbound FROM parts)",
	"octets = substr(octets, 1, 0), text = NULL, digest = NULL"};
static const struct purge human_purge = {"human", HUMAN_OLD, "text = ''"};
static const struct purge outbox_purge = {"outbox", OUTBOX_OLD, "text = ''"};

/* `old` with its parameter filled in. */
static char *old_rows(const struct purge *purge, int64_t before)
{
	const char *mark = strchr(purge->old, '?');

	return xasprintf("%.*s%" PRId64 "%s", (int)(mark - purge->old), purge->old, before,
		mark + 1);
}

static int empty_range(struct store *store, const struct purge *purge, int64_t before,
	int64_t after, int64_t last)
{
	char *old = old_rows(purge, before);
	char *sql = !store->driver->give_back
		? xasprintf("UPDATE %s SET %s WHERE id > %" PRId64 " AND id <= %" PRId64 " AND %s",
			  purge->table, purge->empty, after, last, old)
		: xasprintf("CREATE TEMP TABLE purged AS SELECT * FROM %s WHERE id > %" PRId64
			      " AND id <= %" PRId64 " AND %s;"
			      "UPDATE purged SET %s;"
			      "DELETE FROM main.%s WHERE id IN (SELECT id FROM purged);"
			      "INSERT INTO main.%s SELECT * FROM purged;"
			      "DROP TABLE temp.purged",
		purge->table, after, last, old, purge->empty, purge->table, purge->table);
	int error = query_script(store, sql);

	free(sql);
	free(old);
	return error;
}

static int purge_range(struct store *store, const struct purge *purge, int64_t before, size_t most,
	int64_t *after, size_t *purged)
{
	char *next = xasprintf("SELECT coalesce(max(id), 0) FROM (SELECT id FROM %s WHERE id > ? "
			       "ORDER BY id LIMIT ?) AS next",
		purge->table);
	char *count = xasprintf("SELECT count(*) FROM %s WHERE id > ? AND id <= ? AND %s",
		purge->table, purge->old);
	struct span span;
	int64_t last = 0, found = 0;
	int error = span_begin(&span, store);

	*purged = 0;
	if (!error)
		error = query_int(store, next, PARAMS(p_int(*after), p_int((int64_t)most)), &last);
	if (!error && last)
		error = query_int(store, count,
			PARAMS(p_int(*after), p_int(last), p_int(before)), &found);
	if (!error && found)
		error = empty_range(store, purge, before, *after, last);
	error = span_end(&span, error);
	free(next);
	free(count);
	if (error)
		return error;
	*purged = (size_t)found;
	*after = last;
	return OK;
}

int store_inbound_purge(
	struct store *store, int64_t before, size_t most, int64_t *after, size_t *purged)
{
	return purge_range(store, &inbound_purge, before, most, after, purged);
}

int store_human_purge(
	struct store *store, int64_t before, size_t most, int64_t *after, size_t *purged)
{
	return purge_range(store, &human_purge, before, most, after, purged);
}

int store_outbox_purge(
	struct store *store, int64_t before, size_t most, int64_t *after, size_t *purged)
{
	return purge_range(store, &outbox_purge, before, most, after, purged);
}

int store_give_back(struct store *store, int64_t *left)
{
	const struct driver *driver = store->driver;
	int error = driver->give_back ? query_script(store, driver->give_back) : OK;

	*left = 0;
	return error || !driver->left ? error : query_int(store, driver->left, NULL, 0, left);
}

int store_purgeable(struct store *store, enum purge_table table, int64_t before, int64_t *count)
{
	static const char *const sql[] = {
		[PURGE_MESSAGES] = "SELECT count(*) FROM inbound WHERE " INBOUND_OLD,
		[PURGE_INBOX] = "SELECT count(*) FROM human WHERE " HUMAN_OLD,
		[PURGE_SENT] = "SELECT count(*) FROM outbox WHERE " OUTBOX_OLD,
	};

	return query_int(store, sql[table], PARAMS(p_int(before)), count);
}
