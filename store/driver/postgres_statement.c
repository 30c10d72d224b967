/* Statements of the PostgreSQL driver: prepared when they first run, each result read whole, so
 * that walks may nest. See postgres_state.h. */
#include <stdio.h>
#include <stdlib.h>

#include "store/driver/postgres_state.h"

int postgres_prepare(void *context, const char *sql, void **out)
{
	struct postgres *db = context;
	struct statement_pg *statement = xcalloc(1, sizeof(*statement));

	statement->db = db;
	statement->sql = postgres_sql(sql);
	snprintf(statement->name, sizeof(statement->name), "k%u", db->names++);
	statement->next = db->statements;
	db->statements = statement;
	*out = statement;
	return OK;
}

int postgres_bind(void *context, int index, const struct param *param)
{
	struct statement_pg *statement = context;

	if (index > PARAMS_ROOM)
		return ERR_STORE;
	statement->params[index - 1] = *param;
	if (index > statement->count)
		statement->count = index;
	return OK;
}

static int queue_statement(struct statement_pg *statement)
{
	struct postgres *db = statement->db;
	int error = db->transaction || db->snapshot ? OK : postgres_ensure(db, db->busy_ms);

	if (error)
		return error;
	statement->ran = true;
	return pg_queue(db->pg, &(struct pg_query){.name = statement->name,
					.sql = statement->sql,
					.prepared = &statement->prepared,
					.params = statement->params,
					.count = statement->count});
}

static enum pg_wait wait_of(const struct postgres *db)
{
	return db->transaction || db->snapshot ? PG_FLUSH : PG_SYNC;
}

int postgres_step(void *context, bool *row)
{
	struct statement_pg *statement = context;
	int error;

	*row = false;
	if (!statement->ran) {
		error = queue_statement(statement);
		if (!error)
			error = pg_collect(
				statement->db->pg, wait_of(statement->db), &statement->rows);
		if (error)
			return error;
		statement->row = -1;
	}
	*row = ++statement->row < pg_rows_count(statement->rows);
	return OK;
}

int postgres_run(void *context)
{
	struct statement_pg *statement = context;
	int error = queue_statement(statement);

	if (error || statement->db->transaction)
		return error;
	return pg_collect(statement->db->pg, wait_of(statement->db), NULL);
}

int postgres_reset(void *context)
{
	struct statement_pg *statement = context;

	pg_rows_free(statement->rows);
	statement->rows = NULL;
	statement->ran = false;
	for (int i = 0; i < PARAMS_ROOM && statement->octets[i]; i++) {
		free(statement->octets[i]);
		statement->octets[i] = NULL;
	}
	return OK;
}

void postgres_finalize(void *context)
{
	struct statement_pg *statement = context, **at = &statement->db->statements;

	(void)postgres_reset(statement);
	while (*at != statement)
		at = &(*at)->next;
	*at = statement->next;
	free(statement->sql);
	free(statement);
}

int64_t postgres_changes(void *context)
{
	struct statement_pg *statement = context;

	return pg_rows_changed(statement->rows);
}

int64_t postgres_column_int(void *context, int column)
{
	struct statement_pg *statement = context;

	return pg_rows_int(statement->rows, statement->row, column);
}

const void *postgres_column_data(void *context, int column, size_t *length)
{
	struct statement_pg *statement = context;

	return pg_rows_data(statement->rows, statement->row, column,
		&statement->octets[column % PARAMS_ROOM], length);
}
