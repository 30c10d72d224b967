/* An open store of PostgreSQL and its statements: for postgres_driver.c and postgres_statement.c. */
#ifndef STORE_POSTGRES_POSTGRES_STATE_H
#define STORE_POSTGRES_POSTGRES_STATE_H

#include "store/postgres/postgres.h"

#define PARAMS_ROOM 64
#define TOKEN_SIZE  48

/* What every batch sends: prepared once for a connection. */
enum often { OFTEN_TOKEN, OFTEN_LOCK, OFTEN_TRY, OFTEN_COUNT };

struct postgres {
	struct pg *pg, *apart; /* apart: a second connection, when one is needed */
	struct statement_pg *statements;
	unsigned names;
	bool often[OFTEN_COUNT]; /* prepared */
	int busy_ms;
	bool read_only;
	bool transaction, snapshot;
	bool has_tokens; /* the schema is there */
	uint64_t session, number; /* make the token */
	char token[TOKEN_SIZE], before[TOKEN_SIZE];
	bool listens; /* this connection */
	bool unsettled; /* what became of `token` is not known yet */
	char *owner; /* the gateway's name; NULL: none */
	int64_t epoch;
	int64_t next_try;
	int pause;
};

struct statement_pg {
	struct postgres *db;
	struct statement_pg *next;
	char *sql, name[16];
	bool prepared, walks;
	struct param params[PARAMS_ROOM];
	int count;
	struct pg_rows *rows;
	bool ran, asked; /* asked: its rows were not looked for yet */
	int row;
	char *octets[PARAMS_ROOM]; /* decoded, by column */
};

/* One statement that is not kept: now, or with what comes next. */
int postgres_ask(struct postgres *db, const char *sql, const struct param *params, int count,
	enum pg_wait wait, struct pg_rows **rows);
int postgres_later(
	struct postgres *db, const char *sql, const struct param *params, int count) MUST_CHECK;
int postgres_often(struct postgres *db, enum often which, const char *sql,
	const struct param *params, int count) MUST_CHECK;
struct param postgres_param(const char *text);

int postgres_risk(void *context, char *detail); /* postgres_risk.c */

/* postgres_lock.c */
int postgres_hold(void *context, const char *name, bool *held);
void postgres_own(void *context, const char *name, int64_t epoch);
int postgres_lock(void *context, const int64_t *keys, size_t count);
int postgres_apart(void *context, const char *sql, const struct param *params, size_t count,
	int64_t *value);
int postgres_lock_all(void *context);
int postgres_tell(void *context);
int postgres_heard(void *context, bool *heard);
int postgres_renumber(void *context);
int postgres_try_lock(void *context, int64_t key, bool *locked);

/* Connected, after trying for as long as patience (ms). */
int postgres_ensure(struct postgres *db, int patience) MUST_CHECK;

int postgres_prepare(void *context, const char *sql, void **out);
int postgres_bind(void *context, int index, const struct param *param);
int postgres_step(void *context, bool *row);
int postgres_run(void *context);
int postgres_reset(void *context);
void postgres_finalize(void *context);
int postgres_together_ask(void *context);
int postgres_together_answer(void *context, size_t *rows);
void postgres_together_seek(void *context, size_t row);
int64_t postgres_changes(void *context);
int64_t postgres_column_int(void *context, int column);
const void *postgres_column_data(void *context, int column, size_t *length);

#endif
