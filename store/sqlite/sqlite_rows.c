/* The table "rows_given": c1, c2 ... of each row that a statement was handed. See sqlite_rows.h. */
#include "store/sqlite/sqlite_rows.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS 24 /* of the widest table */

struct given {
	sqlite3_vtab base;
	const struct sqlite_rows *rows;
};

struct walk {
	sqlite3_vtab_cursor base;
	size_t at;
};

static const struct rows *rows_of(const sqlite3_vtab_cursor *cursor)
{
	static const struct rows none;
	const struct rows *rows = ((const struct given *)cursor->pVtab)->rows->rows;

	return rows ? rows : &none;
}

static int given_connect(sqlite3 *handle, void *context, int argc, const char *const *argv,
	sqlite3_vtab **out, char **error)
{
	struct given *given = sqlite3_malloc(sizeof(*given));
	struct strbuf sql = {0};
	int code;

	(void)argc, (void)argv, (void)error;
	if (!given)
		return SQLITE_NOMEM;
	*given = (struct given){.rows = context};
	for (int i = 1; i <= COLUMNS; i++)
		strbuf_printf(&sql, "%sc%d", i > 1 ? ", " : "CREATE TABLE given (", i);
	strbuf_puts(&sql, ")");
	code = sqlite3_declare_vtab(handle, sql.text);
	free(sql.text);
	if (code == SQLITE_OK)
		*out = &given->base;
	else
		sqlite3_free(given);
	return code;
}

static int given_disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int given_plan(sqlite3_vtab *table, sqlite3_index_info *plan)
{
	(void)table;
	plan->estimatedRows = 100;
	plan->estimatedCost = 100;
	return SQLITE_OK;
}

static int walk_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct walk *walk = sqlite3_malloc(sizeof(*walk));

	(void)table;
	if (!walk)
		return SQLITE_NOMEM;
	*walk = (struct walk){0};
	*out = &walk->base;
	return SQLITE_OK;
}

static int walk_close(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int walk_begin(sqlite3_vtab_cursor *cursor, int number, const char *text, int argc,
	sqlite3_value **argv)
{
	(void)number, (void)text, (void)argc, (void)argv;
	((struct walk *)cursor)->at = 0;
	return SQLITE_OK;
}

static int walk_next(sqlite3_vtab_cursor *cursor)
{
	((struct walk *)cursor)->at++;
	return SQLITE_OK;
}

static int walk_ended(sqlite3_vtab_cursor *cursor)
{
	return ((struct walk *)cursor)->at >= rows_of(cursor)->count;
}

static int walk_value(sqlite3_vtab_cursor *cursor, sqlite3_context *out, int column)
{
	const struct param *value = &rows_of(cursor)->of[((struct walk *)cursor)->at][column];

	switch (value->type) {
	case PARAM_INT: sqlite3_result_int64(out, value->integer); break;
	case PARAM_TEXT:
		sqlite3_result_text64(
			out, value->data, value->length, SQLITE_STATIC, SQLITE_UTF8);
		break;
	case PARAM_BLOB:
		sqlite3_result_blob64(out, value->data, value->length, SQLITE_STATIC);
		break;
	default: break; /* NULL */
	}
	return SQLITE_OK;
}

static int walk_number(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
	*out = (sqlite3_int64)((struct walk *)cursor)->at;
	return SQLITE_OK;
}

/* Each statement that is prepared, with what its views and triggers are about. */
static int note_table(void *context, int action, const char *table, const char *column,
	const char *database, const char *trigger)
{
	struct sqlite_rows *rows = context;
	bool changes = action == SQLITE_UPDATE || action == SQLITE_DELETE;

	(void)column, (void)database, (void)trigger;
	if (!rows->seen || !table ||
		!(changes || action == SQLITE_READ || action == SQLITE_INSERT))
		return SQLITE_OK;
	if (!sqlite_rows_touch(rows->seen->text, table))
		strbuf_printf(rows->seen, "%s\n", table);
	if (changes)
		strbuf_printf(rows->seen, SQLITE_ROWS_CHANGED "%s\n", table);
	return SQLITE_OK;
}

int sqlite_rows_begin(struct sqlite_rows *rows, sqlite3 *handle)
{
	static const sqlite3_module given = {.xConnect = given_connect,
		.xBestIndex = given_plan,
		.xDisconnect = given_disconnect,
		.xOpen = walk_open,
		.xClose = walk_close,
		.xFilter = walk_begin,
		.xNext = walk_next,
		.xEof = walk_ended,
		.xColumn = walk_value,
		.xRowid = walk_number};
	int code = sqlite3_create_module(handle, "rows_given", &given, rows);

	return code == SQLITE_OK ? sqlite3_set_authorizer(handle, note_table, rows) : code;
}

bool sqlite_rows_touch(const char *seen, const char *table)
{
	size_t length = strlen(table);

	for (; seen && *seen; seen = strchr(seen, '\n') + 1) {
		if (strncmp(seen, table, length) == 0 && seen[length] == '\n')
			return true;
	}
	return false;
}

/* From "VALUES (?,?) rest" to "SELECT c1, c2 FROM rows_given WHERE true rest": the condition says
 * that "ON" joins nothing. */
char *sqlite_rows_sql(const char *sql, size_t nparam)
{
	const char *values = strstr(sql, "VALUES (");
	struct strbuf out = {0};

	if (nparam > COLUMNS)
		abort();
	strbuf_add(&out, sql, (size_t)(values - sql));
	for (size_t i = 1; i <= nparam; i++)
		strbuf_printf(&out, "%sc%zu", i > 1 ? ", " : "SELECT ", i);
	strbuf_puts(&out, " FROM rows_given WHERE true");
	strbuf_puts(&out, strchr(values, ')') + 1);
	return out.text;
}
