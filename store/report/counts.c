/* Rows of tables, soundness of the file: see counts.h. */
#include "store/report/counts.h"

#include <stdlib.h>
#include <string.h>

#include "store/statement/query.h"
#include "store/statement/store_state.h"

static const char *const tables[] = {"areas", "puskesmas", "posyandu", "people", "accounts",
	"inbound", "reports", "report_versions", "outbox", "deadlines", "human", "audit"};
_Static_assert(COUNT_OF(tables) == STORE_COUNTED, "each table has its count");

const char *store_counted(size_t index)
{
	return index < COUNT_OF(tables) ? tables[index] : NULL;
}

int store_counts(struct store *store, int64_t counts[STORE_COUNTED])
{
	int error = OK;

	for (size_t i = 0; !error && i < COUNT_OF(tables); i++) {
		char *sql = xasprintf("SELECT count(*) FROM %s", tables[i]);

		error = query_int(store, sql, NULL, 0, &counts[i]);
		free(sql);
	}
	return error;
}

int store_integrity(struct store *store)
{
	struct cursor cursor;
	const char *said;
	int error;

	if (strcmp(store->driver->name, "sqlite") != 0)
		return OK;
	cursor_open(&cursor, store, "PRAGMA integrity_check(1)", NULL, 0);
	error = cursor_next(&cursor);
	said = error > 0 ? cursor_peek(&cursor, 0) : NULL;
	if (error >= 0)
		error = said && strcmp(said, "ok") == 0 ? OK : ERR_STORE_IO;
	if (error && said)
		copy_string(store->detail, sizeof(store->detail), said);
	cursor_close(&cursor);
	return error;
}
