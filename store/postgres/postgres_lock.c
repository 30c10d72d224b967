/* What several gateways agree on through the server: names, locks of a transaction, and that lists
 * of places and people changed. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/postgres/postgres_state.h"

#define HOLD_TRIES 20 /* the backend of a process that was killed is gone soon */
#define HOLD_MS	   200

/* Whoever locks anything has a share of it; who wants all to stand still has it alone. No key of
 * store/base/lock.c is this one, whose phones and places are hashes: it has two parts. */
#define SHARE "1262568018, 1"

/* A session's lock: whoever dies gives it back, as soon as the server notices. */
int postgres_hold(void *context, const char *name, bool *held)
{
	struct postgres *db = context;
	const struct param key[] = {postgres_param(name)};
	int error = OK;

	*held = false;
	for (int i = 0; i < HOLD_TRIES && !error && !*held; i++) {
		struct pg_rows *rows = NULL;

		if (i > 0)
			poll(NULL, 0, HOLD_MS);
		error = postgres_ensure(db, db->busy_ms);
		if (!error)
			error = postgres_ask(db,
				"SELECT pg_try_advisory_lock(hashtextextended(current_schema() || "
				"' gateway ' || $1, 0))",
				key, 1, PG_SYNC, &rows);
		if (!error)
			*held = pg_rows_int(rows, 0, 0) != 0;
		pg_rows_free(rows);
	}
	return error;
}

void postgres_own(void *context, const char *name, int64_t epoch)
{
	struct postgres *db = context;

	free(db->owner);
	db->owner = xstrdup(name);
	db->epoch = epoch;
}

/* A statement of its own: one that locked and read at once would read what was before. */
int postgres_lock(void *context, const int64_t *keys, size_t count)
{
	struct strbuf list = {0};
	struct param param;
	int error;

	if (count == 0)
		return OK;
	for (size_t i = 0; i < count; i++)
		strbuf_printf(&list, "%s%" PRId64, i ? "," : "{", keys[i]);
	strbuf_putc(&list, '}');
	param = postgres_param(list.text);
	error = postgres_often(context, OFTEN_LOCK,
		"SELECT pg_advisory_xact_lock_shared(" SHARE "), pg_advisory_xact_lock(key) "
		"FROM unnest($1::text::bigint[]) AS key",
		&param, 1);
	strbuf_free(&list);
	return error;
}

int postgres_renumber(void *context)
{
	return pg_exec(((struct postgres *)context)->pg,
		"DO 'DECLARE t text; last bigint; BEGIN FOR t IN SELECT table_name FROM "
		"information_schema.columns WHERE table_schema = current_schema() AND is_identity "
		"= ''YES'' LOOP EXECUTE format(''SELECT coalesce(max(id), 0) FROM %I'', t) INTO "
		"last; PERFORM setval(pg_get_serial_sequence(quote_ident(t), ''id''), last + 1, "
		"false); END LOOP; END'");
}

int postgres_try_lock(void *context, int64_t key, bool *locked)
{
	const struct param param = {.type = PARAM_INT, .integer = key};
	struct pg_rows *rows = NULL;
	struct postgres *db = context;
	int error = postgres_often(db, OFTEN_TRY,
		"SELECT CASE WHEN pg_try_advisory_xact_lock_shared(" SHARE
		") THEN pg_try_advisory_xact_lock($1) ELSE false END",
		&param, 1);

	if (!error)
		error = pg_collect(db->pg, PG_FLUSH, &rows);

	*locked = !error && pg_rows_int(rows, 0, 0) != 0;
	pg_rows_free(rows);
	return error;
}

int postgres_lock_all(void *context)
{
	return postgres_ask(context, "SELECT pg_advisory_xact_lock(" SHARE ")", NULL, 0, PG_FLUSH,
		NULL);
}

int postgres_tell(void *context)
{
	return postgres_later(context, "NOTIFY kabar_lists", NULL, 0);
}

/* What was told before it began to listen is not known. */
int postgres_heard(void *context, bool *heard)
{
	struct postgres *db = context;
	int error = postgres_ensure(db, 0);

	*heard = !error && pg_heard(db->pg);
	if (error || db->listens)
		return error;
	error = pg_exec(db->pg, "LISTEN kabar_lists");
	*heard = db->listens = !error;
	return error;
}

int postgres_apart(void *context, const char *sql, const struct param *params, size_t count,
	int64_t *value)
{
	struct postgres *db = context;
	char *own = postgres_sql(sql);
	struct pg_rows *rows = NULL;
	int error = OK;

	if (!db->apart)
		db->apart = pg_twin(db->pg);
	if (!pg_idle(db->apart))
		error = pg_connect(db->apart);
	if (!error)
		error = pg_queue(db->apart, &(struct pg_query){.sql = own, .params = params,
							  .count = (int)count});
	if (!error)
		error = pg_collect(db->apart, PG_SYNC, &rows);
	if (!error)
		*value = pg_rows_int(rows, 0, 0);
	else
		pg_say(db->pg, pg_message(db->apart));
	pg_rows_free(rows);
	free(own);
	return error;
}
