/* What the files of the PostgreSQL driver share; nothing above the driver sees it.
 *
 * postgres.c is a connection in pipeline mode: statements are queued, and their results collected in
 * their order. What no one waits for costs no round trip. The first error since the last collecting
 * is kept; what stood behind it was not run.
 */
#ifndef STORE_POSTGRES_POSTGRES_H
#define STORE_POSTGRES_POSTGRES_H

#include "store/driver/driver.h"

struct pg;
struct pg_rows;

struct pg_query {
	const char *name; /* prepared under this name; NULL: not kept */
	const char *sql;
	bool *prepared; /* here, for this connection; cleared when it turns out that it is not */
	const struct param *params;
	int count;
	struct pg_rows **rows; /* where its rows are put when they come; NULL: they are dropped */
	bool raw; /* numbers and octets come as the server has them: of these and texts only */
};

enum pg_wait {
	PG_FLUSH, /* inside a transaction */
	PG_SYNC,  /* ends what is no transaction; and before anything else than queries */
};

struct pg *pg_new(const struct store_options *options);
struct pg *pg_twin(const struct pg *pg); /* another one to the same, not connected yet */
void pg_free(struct pg *pg);

/* Connects, or connects again: everything prepared is gone. ERR_STORE_BUSY: nobody there who takes
 * writes; ERR_CONFIG: it will never work like this. */
int pg_connect(struct pg *pg) MUST_CHECK;
bool pg_alive(const struct pg *pg);
bool pg_idle(struct pg *pg); /* alive, looked at again; while nothing is queued */
const char *pg_message(const struct pg *pg);
void pg_say(struct pg *pg, const char *message);
bool pg_warned(struct pg *pg); /* a warning came since the last call */
bool pg_heard(struct pg *pg); /* a NOTIFY was read since the last call */
/* The connection string without its password, and that; the caller frees both. */
char *pg_where(const struct pg *pg, char **password);
const char *pg_schema(const struct pg *pg); /* NULL: the database's own */
uint64_t pg_round_trips(const struct pg *pg);

int pg_queue(struct pg *pg, const struct pg_query *query) MUST_CHECK;
void pg_forget(struct pg *pg, struct pg_rows **rows); /* nobody wants them any more */
/* Waits for all that was queued. last, if not NULL: the rows of the last query, freed by
 * pg_rows_free(); NULL on error. */
int pg_collect(struct pg *pg, enum pg_wait wait, struct pg_rows **last) MUST_CHECK;
/* Several statements without parameters, at once. */
int pg_exec(struct pg *pg, const char *sql) MUST_CHECK;

int pg_rows_count(const struct pg_rows *rows);
/* Of "COMMIT", "ROLLBACK" ...: what was done. */
const char *pg_rows_tag(struct pg_rows *rows);
int64_t pg_rows_changed(struct pg_rows *rows);
/* As struct driver has them; raw octets are decoded into *room, which the caller frees at last. */
int64_t pg_rows_int(const struct pg_rows *rows, int row, int column);
const void *pg_rows_data(
	const struct pg_rows *rows, int row, int column, char **room, size_t *length);
void pg_rows_free(struct pg_rows *rows);

const struct migrations *postgres_migrations(void);

/* A copy of one moment by pg_dump in its custom format. ERR_EXISTS: there is such a file. */
int postgres_dump(const char *where, const char *password, const char *schema, const char *path,
	char *detail);

/* postgres_many.c: together.h, and a list as it is sent. */
char *postgres_read_many(const char *sql, const char *types);
char *postgres_write_many(const char *sql, const char *types);
char *postgres_list(const struct param *list, size_t *length);

/* `?` outside of quotes as $1, $2 ...; the caller frees it. */
char *postgres_sql(const char *sql);

/* A word of a connection string: keyword='value' and a space. */
void postgres_word(struct strbuf *out, const char *keyword, const char *value);

/* NULL: PostgreSQL takes the text as it is. Else a copy in which what is no UTF-8 became "?": it
 * refuses what SQLite keeps, and no octet of a phone may fail a batch. */
char *postgres_text(const char *text, size_t length);

/* A number as the server has it, its highest octet first; octets that it wrote as "\x" and digits. */
int64_t postgres_number(const char *octets, int length);
const void *postgres_octets(const char *text, size_t *length, char **room);

/* What a SQLSTATE means for the store. */
int postgres_error(const char *sqlstate);

#endif
