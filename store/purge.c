/* Emptying what people wrote, after its time: octets and texts go, the rows stay. See inbound.h.
 *
 * It walks by ranges of ids, so that what was emptied before is stepped over once and not in every
 * call, and a transaction stays short whatever the table holds.
 */
#include "store/deadline.h"
#include "store/inbound.h"
#include "store/query.h"
#include "store/span.h"

#define INBOUND_OLD "received < ? AND (octets <> x'' OR text IS NOT NULL)"
#define HUMAN_OLD   "received < ? AND text <> ''"

struct purge {
	const char *last;  /* the last id of the next range: after, most */
	const char *empty; /* after, last, before; returns what it emptied */
};

static int purge_range(struct store *store, const struct purge *purge, int64_t before, size_t most,
	int64_t *after, size_t *purged)
{
	struct cursor cursor;
	struct span span;
	int64_t last;
	int result, error = span_begin(&span, store);

	*purged = 0;
	if (error)
		return error;
	error = query_int(
		store, purge->last, PARAMS(p_int(*after), p_int((int64_t)most)), &last);
	if (!error && last) {
		cursor_open(&cursor, store, purge->empty,
			PARAMS(p_int(*after), p_int(last), p_int(before)));
		while ((result = cursor_next(&cursor)) > 0)
			(*purged)++;
		cursor_close(&cursor);
		error = result;
	}
	error = span_end(&span, error);
	if (!error)
		*after = last;
	return error;
}

int store_inbound_purge(
	struct store *store, int64_t before, size_t most, int64_t *after, size_t *purged)
{
	static const struct purge purge = {
		"SELECT coalesce(max(id), 0) FROM (SELECT id FROM inbound WHERE id > ? ORDER BY id "
		"LIMIT ?) AS next",
		"UPDATE inbound SET octets = x'', text = NULL, digest = NULL "
		"WHERE id > ? AND id <= ? AND " INBOUND_OLD " RETURNING id"};

	return purge_range(store, &purge, before, most, after, purged);
}

int store_human_purge(
	struct store *store, int64_t before, size_t most, int64_t *after, size_t *purged)
{
	static const struct purge purge = {
		"SELECT coalesce(max(id), 0) FROM (SELECT id FROM human WHERE id > ? ORDER BY id "
		"LIMIT ?) AS next",
		"UPDATE human SET text = '' WHERE id > ? AND id <= ? AND " HUMAN_OLD
		" RETURNING id"};

	return purge_range(store, &purge, before, most, after, purged);
}

int store_purgeable(struct store *store, int64_t before, int64_t *inbound, int64_t *human)
{
	int error = query_int(store, "SELECT count(*) FROM inbound WHERE " INBOUND_OLD,
		PARAMS(p_int(before)), inbound);

	if (error)
		return error;
	return query_int(
		store, "SELECT count(*) FROM human WHERE " HUMAN_OLD, PARAMS(p_int(before)), human);
}
