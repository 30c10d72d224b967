/* Statements of the SQLite driver: see sqlite_state.h. */
#include <stdlib.h>

#include "store/driver/piling.h"
#include "store/sqlite/sqlite_state.h"

struct sqlite_statement {
	struct sqlite *db;
	sqlite3_stmt *handle;
	struct strbuf seen; /* the tables that it is about */
};

int sqlite_prepare(void *context, const char *sql, void **out)
{
	struct sqlite *db = context;
	struct sqlite_statement *statement = xcalloc(1, sizeof(*statement));
	int code;

	statement->db = db;
	db->rows.seen = &statement->seen;
	code = sqlite3_prepare_v3(
		db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
	db->rows.seen = NULL;
	if (code != SQLITE_OK) {
		strbuf_free(&statement->seen);
		free(statement);
		return sqlite_error_of(db, code);
	}
	*out = statement;
	return OK;
}

int sqlite_bind(void *context, int index, const struct param *param)
{
	struct sqlite_statement *statement = context;
	sqlite3_stmt *handle = statement->handle;
	int code = SQLITE_MISUSE; /* lists: together.h */

	switch (param->type) {
	case PARAM_NULL: code = sqlite3_bind_null(handle, index); break;
	case PARAM_INT: code = sqlite3_bind_int64(handle, index, param->integer); break;
	case PARAM_TEXT:
		code = sqlite3_bind_text64(
			handle, index, param->data, param->length, SQLITE_STATIC, SQLITE_UTF8);
		break;
	case PARAM_BLOB:
		code = sqlite3_bind_blob64(
			handle, index, param->data, param->length, SQLITE_STATIC);
		break;
	default: break;
	}
	return sqlite_error_of(statement->db, code);
}

int sqlite_step(void *context, bool *row)
{
	struct sqlite_statement *statement = context;
	struct sqlite *db = statement->db;
	int code;

	if (db->read_only && sqlite3_txn_state(db->handle, "main") == SQLITE_TXN_NONE) {
		sqlite_reader_begin(&db->reader);
		db->reason = NULL;
	}
	*row = false;
	if (db->read_only && sqlite_on_watch(db))
		return ERR_STORE_BUSY;
	code = sqlite3_step(statement->handle);
	*row = code == SQLITE_ROW;
	return sqlite_error_of(statement->db, code);
}

int sqlite_reset(void *context)
{
	struct sqlite_statement *statement = context;
	int error = sqlite_error_of(statement->db, sqlite3_reset(statement->handle));

	sqlite3_clear_bindings(statement->handle);
	return error;
}

void sqlite_finalize(void *context)
{
	struct sqlite_statement *statement = context;

	sqlite3_finalize(statement->handle);
	strbuf_free(&statement->seen);
	free(statement);
}

int64_t sqlite_changes(void *context)
{
	struct sqlite_statement *statement = context;

	return sqlite3_changes(statement->db->handle);
}

int64_t sqlite_column_int(void *context, int column)
{
	struct sqlite_statement *statement = context;

	return sqlite3_column_int64(statement->handle, column);
}

const void *sqlite_column_data(void *context, int column, size_t *length)
{
	struct sqlite_statement *statement = context;
	int type = sqlite3_column_type(statement->handle, column);
	const void *data;

	*length = 0;
	if (type == SQLITE_NULL)
		return NULL;
	data = type == SQLITE_BLOB ? sqlite3_column_blob(statement->handle, column)
				   : (const void *)sqlite3_column_text(statement->handle, column);
	*length = (size_t)sqlite3_column_bytes(statement->handle, column);
	return data ? data : "";
}

/* A writer's; nothing else is stepped meanwhile. */
static int write_rows(void *context, const struct rows *rows)
{
	struct sqlite_statement *statement = context;
	int code;

	statement->db->rows.rows = rows;
	code = sqlite3_step(statement->handle);
	statement->db->rows.rows = NULL;
	return sqlite_error_of(statement->db, code);
}

static unsigned touches(void *context)
{
	static const char *const tables[PILED_TABLES] = {[PILED_INBOUND] = "inbound",
		[PILED_OUTBOX] = "outbox", [PILED_REPORTS] = "reports"};
	const struct sqlite_statement *statement = context;
	const char *seen = statement->seen.text;
	unsigned touched =
		sqlite_rows_touch(seen, SQLITE_ROWS_CHANGED "reports") ? PILED_CHANGES : 0;

	for (int table = PILED_NOT + 1; table < PILED_TABLES; table++) {
		if (sqlite_rows_touch(seen, tables[table]))
			touched |= PILED_BIT(table);
	}
	return touched;
}

const struct piling sqlite_piling = {sqlite_rows_sql, write_rows, touches};
