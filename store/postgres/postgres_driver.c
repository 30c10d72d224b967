/* The PostgreSQL driver: transactions, statements, and what became of a commit whose answer was
 * lost.
 *
 * Each transaction begins by writing a token of its own. When the connection breaks during the
 * commit, the same token is inserted again over a new one: that waits for the old backend, and
 * either meets its row (it was committed) or keeps it from ever committing. Nothing is guessed.
 */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "store/driver/sharing.h"
#include "store/driver/together.h"
#include "store/postgres/postgres_state.h"

#define RETRY_MS    50  /* the first pause between two tries to connect */
#define RETRY_MAX   2000
#define SETTLE_MS   10000 /* how long a commit waits to learn its outcome */
#define SCHEMA_LOCK 1262568018 /* "KABR": one migrates at a time */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int connect_once(struct postgres *db)
{
	int error = pg_connect(db->pg);

	for (struct statement_pg *each = db->statements; each; each = each->next)
		each->prepared = false;
	memset(db->often, 0, sizeof(db->often));
	db->listens = false;
	if (!error) {
		db->pause = 0;
		return OK;
	}
	db->pause = db->pause ? db->pause * 2 : RETRY_MS;
	db->pause = db->pause > RETRY_MAX ? RETRY_MAX : db->pause;
	db->next_try = now_ms() + db->pause;
	return error;
}

/* Connected, after trying for as long as a statement may wait. Between two tries there is a pause,
 * whoever asks. */
int postgres_ensure(struct postgres *db, int patience)
{
	int64_t end = now_ms() + patience;
	int error = OK;

	while (!pg_idle(db->pg)) {
		int64_t wait = db->next_try - now_ms();

		if (now_ms() + (wait > 0 ? wait : 0) > end)
			return error ? error : ERR_STORE_BUSY;
		if (wait > 0)
			poll(NULL, 0, (int)wait);
		error = connect_once(db);
		if (error && error != ERR_STORE_BUSY)
			return error;
	}
	return OK;
}

static const char *postgres_message(void *context)
{
	return pg_message(((struct postgres *)context)->pg);
}

int postgres_later(struct postgres *db, const char *sql, const struct param *params, int count)
{
	return pg_queue(db->pg, &(struct pg_query){.sql = sql, .params = params, .count = count});
}

int postgres_often(struct postgres *db, enum often which, const char *sql,
	const struct param *params, int count)
{
	static const char *const names[OFTEN_COUNT] = {
		[OFTEN_TOKEN] = "token", [OFTEN_LOCK] = "lock", [OFTEN_TRY] = "try"};

	return pg_queue(db->pg, &(struct pg_query){.name = names[which], .sql = sql,
					.prepared = &db->often[which], .params = params,
					.count = count});
}

int postgres_ask(struct postgres *db, const char *sql, const struct param *params, int count,
	enum pg_wait wait, struct pg_rows **rows)
{
	int error = postgres_later(db, sql, params, count);

	return error ? error : pg_collect(db->pg, wait, rows);
}

struct param postgres_param(const char *text)
{
	return (struct param){.type = text ? PARAM_TEXT : PARAM_NULL, .data = text,
		.length = text ? strlen(text) : 0};
}

static int postgres_exec(void *context, const char *sql)
{
	struct postgres *db = context;
	int error = db->transaction || db->snapshot ? OK : postgres_ensure(db, db->busy_ms);

	return error ? error : pg_exec(db->pg, sql);
}

static void postgres_close(void *context)
{
	struct postgres *db = context;

	if (!db)
		return;
	pg_free(db->pg);
	pg_free(db->apart);
	free(db->owner);
	free(db);
}

static int make_schema(struct postgres *db, const struct store_options *options)
{
	char *sql;
	int error;

	if (!options->schema || options->read_only || options->must_exist)
		return OK;
	sql = xasprintf("CREATE SCHEMA IF NOT EXISTS \"%s\"", options->schema);
	error = pg_exec(db->pg, sql);
	free(sql);
	return error;
}

static int postgres_schema_version(void *context, int *version)
{
	struct postgres *db = context;
	enum pg_wait wait = db->transaction ? PG_FLUSH : PG_SYNC;
	struct pg_rows *rows = NULL;
	char lock[80];
	int error = OK;

	*version = 0;
	snprintf(lock, sizeof(lock), "SELECT pg_advisory_xact_lock(%d)", SCHEMA_LOCK);
	if (db->transaction)
		error = postgres_ask(db, lock, NULL, 0, wait, NULL);
	if (!error)
		error = postgres_ask(
			db, "SELECT to_regclass('meta') IS NOT NULL", NULL, 0, wait, &rows);
	if (error)
		return error;
	if (pg_rows_int(rows, 0, 0)) {
		pg_rows_free(rows);
		error = postgres_ask(db, "SELECT value FROM meta WHERE key = 'schema'", NULL, 0,
			wait, &rows);
		if (!error && pg_rows_count(rows) == 0) {
			pg_say(db->pg, "the database is that of another program");
			error = ERR_STORE;
		}
		if (!error)
			*version = (int)pg_rows_int(rows, 0, 0);
	}
	pg_rows_free(rows);
	db->has_tokens = !error && *version > 0;
	return error;
}

static int postgres_set_schema_version(void *context, int version)
{
	char *sql = xasprintf("INSERT INTO meta (key, value) VALUES ('schema', %d) ON CONFLICT "
			      "(key) DO UPDATE SET value = excluded.value",
		version);
	int error = postgres_ask(context, sql, NULL, 0, PG_FLUSH, NULL);

	free(sql);
	return error;
}

static int check_there(struct postgres *db, char *detail)
{
	int version;
	int error = postgres_schema_version(db, &version);

	if (error || version > 0)
		return error;
	snprintf(detail, DETAIL_SIZE, "the database holds no store. Is it the right one? "
		"A new store is made by: kabarctl store init");
	return ERR_NOT_FOUND;
}

static int postgres_open(void **out, const struct store_options *options, char *detail)
{
	struct postgres *db;
	int error;

	*out = NULL;
	if (!options->conninfo || !*options->conninfo) {
		snprintf(detail, DETAIL_SIZE, "the store has no conninfo");
		return ERR_CONFIG;
	}
	db = xcalloc(1, sizeof(*db));
	db->pg = pg_new(options);
	db->busy_ms = options->busy_ms ? options->busy_ms : 3000;
	db->read_only = options->read_only;
	if (getrandom(&db->session, sizeof(db->session), 0) != sizeof(db->session))
		abort();
	error = connect_once(db);
	if (!error)
		error = make_schema(db, options);
	if (!error && options->must_exist)
		error = check_there(db, detail);
	if (error) {
		if (!*detail)
			copy_string(detail, DETAIL_SIZE, pg_message(db->pg));
		postgres_close(db);
		return error;
	}
	*out = db;
	return OK;
}

/* The token that keeps a lost commit honest; the one before is known to be done. */
static int write_token(struct postgres *db)
{
	int error = OK;

	if (!db->has_tokens)
		return OK;
	if (db->number == 0) /* left behind; a fence is needed for as long as a backend lives */
		error = postgres_later(db,
			"DELETE FROM tokens WHERE at < extract(epoch FROM now()) - 2592000", NULL,
			0);
	if (error)
		return error;
	copy_string(db->before, sizeof(db->before), db->token);
	snprintf(db->token, sizeof(db->token), "%016" PRIx64 "-%" PRIu64, db->session,
		++db->number);
	return postgres_often(db, OFTEN_TOKEN,
		"WITH done AS (DELETE FROM tokens WHERE token = $2) INSERT INTO tokens (token, at, "
		"gateway, epoch) VALUES ($1, extract(epoch FROM now())::bigint, $3, $4)",
		(const struct param[]){postgres_param(db->token), postgres_param(db->before),
			postgres_param(db->owner),
			{.type = db->owner ? PARAM_INT : PARAM_NULL, .integer = db->epoch}},
		4);
}

/* Inserts the token of the lost commit again: *done says what became of it. A commit of our own
 * behind it proves that the old one is where this one is. */
static int settle_once(struct postgres *db, bool *done)
{
	struct pg_rows *rows = NULL;
	const struct param token[] = {postgres_param(db->token)};
	int error = postgres_ask(db, "BEGIN", NULL, 0, PG_FLUSH, NULL);

	if (!error)
		error = postgres_ask(db,
			"INSERT INTO tokens (token, at) VALUES ($1, extract(epoch FROM "
			"now())::bigint) ON CONFLICT DO NOTHING RETURNING 1",
			token, 1, PG_FLUSH, &rows);
	if (!error) {
		*done = pg_rows_count(rows) == 0;
		pg_rows_free(rows);
		error = postgres_ask(db, "UPDATE tokens SET at = at + 1 WHERE token = $1", token, 1,
			PG_FLUSH, NULL);
	}
	(void)pg_warned(db->pg);
	if (!error)
		error = postgres_ask(db, "COMMIT", NULL, 0, PG_SYNC, NULL);
	else
		(void)postgres_ask(db, "ROLLBACK", NULL, 0, PG_SYNC, NULL);
	if (!error && pg_warned(db->pg))
		error = ERR_STORE_BUSY;
	return error;
}

/* OK: the commit was done; ERR_STORE_BUSY: it was not, or (still unsettled) nobody can say yet. */
static int settle(struct postgres *db, int patience)
{
	int64_t end = now_ms() + patience;
	bool done = false;
	int error;

	do {
		int64_t left = end - now_ms();

		error = postgres_ensure(db, left > 0 ? (int)left : 0);
		if (!error)
			error = settle_once(db, &done);
		if (error == ERR_STORE_BUSY && now_ms() < end)
			poll(NULL, 0, RETRY_MS);
	} while (error == ERR_STORE_BUSY && now_ms() < end);
	db->unsettled = error != OK;
	if (error)
		return error;
	db->token[0] = '\0'; /* stays where it is: it may be a fence */
	return done ? OK : ERR_STORE_BUSY;
}

/* A commit whose outcome was not known when its caller was told "later". Had it been done after
 * all, rows are claimed that nobody in this process knows of: the next one takes them up. */
static int settle_late(struct postgres *db)
{
	int error = settle(db, db->busy_ms);

	if (db->unsettled)
		return ERR_STORE_BUSY;
	if (error)
		return postgres_ensure(db, 0);
	pg_say(db->pg, "a commit was done after all whose answer came too late");
	return ERR_STORE_IO;
}

static int postgres_begin(void *context)
{
	struct postgres *db = context;
	int error = postgres_ensure(db, db->busy_ms);

	if (!error && db->unsettled)
		error = settle_late(db);
	if (error)
		return error;
	(void)pg_warned(db->pg);
	error = postgres_later(db, "BEGIN ISOLATION LEVEL READ COMMITTED", NULL, 0);
	if (!error)
		error = write_token(db);
	db->transaction = !error;
	return error;
}

static int postgres_snapshot(void *context)
{
	struct postgres *db = context;
	int error = postgres_ensure(db, db->busy_ms);

	if (!error)
		error = postgres_later(
			db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", NULL, 0);
	db->snapshot = !error;
	return error;
}

static int postgres_commit(void *context)
{
	struct postgres *db = context;
	struct pg_rows *rows = NULL;
	int error;

	if (!pg_alive(db->pg))
		return ERR_STORE_BUSY; /* the commit was never sent */
	error = postgres_later(db, "COMMIT", NULL, 0);
	if (!error)
		error = pg_collect(db->pg, PG_SYNC, &rows);
	if (!error && strcmp(pg_rows_tag(rows), "COMMIT") != 0)
		error = ERR_STORE;
	pg_rows_free(rows);
	if (error && pg_alive(db->pg))
		return error; /* the server said no; a rollback follows */
	db->transaction = false;
	if ((error || pg_warned(db->pg)) && db->has_tokens)
		return settle(db, SETTLE_MS);
	return error;
}

static void postgres_rollback(void *context)
{
	struct postgres *db = context;

	if ((db->transaction || db->snapshot) && pg_alive(db->pg)) {
		int error = postgres_later(db, "ROLLBACK", NULL, 0);

		if (!error)
			error = pg_collect(db->pg, PG_SYNC, NULL);
		if (error) /* its place in the pipeline was skipped */
			(void)postgres_ask(db, "ROLLBACK", NULL, 0, PG_SYNC, NULL);
	}
	db->transaction = db->snapshot = false;
}

/* Nothing tells without asking: the version of the places is read. */
static int postgres_others_wrote(void *context, bool *wrote)
{
	(void)context;
	*wrote = true;
	return OK;
}

static void postgres_work(void *context, struct store_work *out)
{
	*out = (struct store_work){
		.trips = (int64_t)pg_round_trips(((struct postgres *)context)->pg)};
}

static int postgres_backup(void *context, const char *path, char *detail)
{
	struct postgres *db = context;
	char *password = NULL, *where = pg_where(db->pg, &password);
	int error = ERR_STORE;

	if (where)
		error = postgres_dump(where, password, pg_schema(db->pg), path, detail);
	free(password);
	free(where);
	return error;
}

static int postgres_drop(const struct store_options *options, char *detail)
{
	struct postgres *db;
	void *context;
	char *sql;
	int error;

	if (!options->schema)
		return ERR_STATE;
	error = postgres_open(&context, options, detail);
	if (error)
		return error;
	db = context;
	sql = xasprintf("DROP SCHEMA IF EXISTS \"%s\" CASCADE", options->schema);
	error = pg_exec(db->pg, sql);
	if (error)
		copy_string(detail, DETAIL_SIZE, pg_message(db->pg));
	free(sql);
	postgres_close(db);
	return error;
}

static const struct sharing sharing = {
	.hold = postgres_hold,
	.own = postgres_own,
	.apart = postgres_apart,
	.renumber = postgres_renumber,
	.lock = postgres_lock,
	.try_lock = postgres_try_lock,
	.lock_all = postgres_lock_all,
	.tell = postgres_tell,
	.heard = postgres_heard,
};

static const struct together together = {
	/* each step of the sequence is IDS_BLOCK */
	.numbers = {"numbers",
		"SELECT nextval((? || '_id_seq')::regclass) FROM generate_series(1, ?)", "TI"},
	.read_many = postgres_read_many,
	.write_many = postgres_write_many,
	.ask = postgres_together_ask,
	.answer = postgres_together_answer,
	.seek = postgres_together_seek,
};

const struct driver driver_postgres = {
	.name = "postgres",
	.open = postgres_open,
	.close = postgres_close,
	.message = postgres_message,
	.migrations = postgres_migrations,
	.schema_version = postgres_schema_version,
	.set_schema_version = postgres_set_schema_version,
	.begin = postgres_begin,
	.snapshot = postgres_snapshot,
	.commit = postgres_commit,
	.rollback = postgres_rollback,
	.exec = postgres_exec,
	.prepare = postgres_prepare,
	.bind = postgres_bind,
	.step = postgres_step,
	.run = postgres_run,
	.reset = postgres_reset,
	.finalize = postgres_finalize,
	.column_int = postgres_column_int,
	.column_data = postgres_column_data,
	.changes = postgres_changes,
	.others_wrote = postgres_others_wrote,
	.work = postgres_work,
	.backup = postgres_backup,
	.risk = postgres_risk,
	.sharing = &sharing,
	.together = &together,
	.drop = postgres_drop,
};
