/* Statements of the PostgreSQL driver: prepared when they first run, each result read whole, so
 * that they may nest; a walk over all of a table chunk by chunk, through a cursor of the server.
 * See postgres_state.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/postgres/postgres_state.h"

#define WALK  "/* walk */" /* STATEMENT_WALKS of store/statement/query.h */
#define CHUNK 1000

int postgres_prepare(void *context, const char *sql, void **out)
{
	struct postgres *db = context;
	struct statement_pg *statement = xcalloc(1, sizeof(*statement));

	statement->db = db;
	statement->sql = postgres_sql(sql);
	statement->walks = strstr(sql, WALK) != NULL;
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

static int queue_statement(struct statement_pg *statement, struct pg_rows **rows)
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
					.count = statement->count,
					.rows = rows,
					.raw = statement->asked});
}

static enum pg_wait wait_of(const struct postgres *db)
{
	return db->transaction || db->snapshot ? PG_FLUSH : PG_SYNC;
}

static int fetch(struct statement_pg *statement)
{
	struct postgres *db = statement->db;
	char sql[64];

	pg_rows_free(statement->rows);
	statement->rows = NULL;
	statement->row = -1;
	snprintf(sql, sizeof(sql), "FETCH %d FROM %s", CHUNK, statement->name);
	return postgres_ask(db, sql, NULL, 0, wait_of(db), &statement->rows);
}

/* Outside a transaction the server keeps the result; it lives until the walk ends. */
static int open_walk(struct statement_pg *statement)
{
	struct postgres *db = statement->db;
	bool inside = db->transaction || db->snapshot;
	char *sql = xasprintf("DECLARE %s NO SCROLL CURSOR %s FOR %s", statement->name,
		inside ? "" : "WITH HOLD", statement->sql);
	int error = inside ? OK : postgres_ensure(db, db->busy_ms);

	if (!error)
		error = postgres_ask(db, sql, statement->params, statement->count, wait_of(db),
			NULL);
	free(sql);
	statement->ran = !error;
	return error ? error : fetch(statement);
}

static int first_rows(struct statement_pg *statement)
{
	int error;

	if (statement->walks)
		return open_walk(statement);
	error = queue_statement(statement, NULL);
	statement->row = -1;
	return error ? error
		     : pg_collect(statement->db->pg, wait_of(statement->db), &statement->rows);
}

int postgres_step(void *context, bool *row)
{
	struct statement_pg *statement = context;
	int error = OK;

	*row = false;
	if (!statement->ran)
		error = first_rows(statement);
	else if (statement->walks && statement->row + 1 == CHUNK)
		error = fetch(statement);
	if (error)
		return error;
	*row = ++statement->row < pg_rows_count(statement->rows);
	return OK;
}

int postgres_run(void *context)
{
	struct statement_pg *statement = context;
	int error = queue_statement(statement, NULL);

	if (error || statement->db->transaction)
		return error;
	return pg_collect(statement->db->pg, wait_of(statement->db), NULL);
}

/* Its rows come with the next collecting, whoever collects. */
int postgres_together_ask(void *context)
{
	struct statement_pg *statement = context;

	statement->row = -1;
	statement->asked = true;
	return queue_statement(statement, &statement->rows);
}

int postgres_together_answer(void *context, size_t *rows)
{
	struct statement_pg *statement = context;
	int error = OK;

	if (statement->asked && !statement->rows)
		error = pg_collect(statement->db->pg, wait_of(statement->db), NULL);
	statement->asked = false;
	*rows = (size_t)pg_rows_count(statement->rows);
	return error;
}

void postgres_together_seek(void *context, size_t row)
{
	struct statement_pg *statement = context;

	statement->row = (int)row;
}

int postgres_reset(void *context)
{
	struct statement_pg *statement = context;

	struct postgres *db = statement->db;
	char sql[64];
	int error = OK;

	if (statement->walks && statement->ran && pg_alive(db->pg)) {
		snprintf(sql, sizeof(sql), "CLOSE %s", statement->name);
		error = postgres_ask(db, sql, NULL, 0, wait_of(db), NULL);
	}
	if (statement->asked)
		pg_forget(db->pg, &statement->rows);
	pg_rows_free(statement->rows);
	statement->rows = NULL;
	statement->ran = statement->asked = false;
	return error;
}

void postgres_finalize(void *context)
{
	struct statement_pg *statement = context, **at = &statement->db->statements;

	if (statement->asked)
		pg_forget(statement->db->pg, &statement->rows);
	pg_rows_free(statement->rows);
	for (int i = 0; i < PARAMS_ROOM; i++)
		free(statement->octets[i]);
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
