/* A connection to PostgreSQL in pipeline mode: the only file that knows libpq-fe.h. See postgres.h.
 */
#include <inttypes.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/postgres/postgres.h"

#define BUSY_MS	  3000
#define PARAMS_ROOM 64
#define QUEUE_MAX 100 /* answers that may wait unread: few enough to fit the socket's buffers */
#define OID_BYTEA 17
#define OID_INT8  20
#define OID_TEXT  25
#define OID_BOOL  16
#define OID_LISTS(type) ((type) == PARAM_INTS ? 1016u : (type) == PARAM_TEXTS ? 1009u : 1001u)

struct pg {
	PGconn *connection;
	char *conninfo, *schema;
	bool read_only;
	int busy_ms;
	struct {
		bool *prepared; /* what a failed preparing clears; NULL */
		struct pg_rows **rows;
	} queue[QUEUE_MAX]; /* what waits */
	int queued;
	int failed; /* first error since the last collecting */
	bool broken; /* it said something else than was asked: of no more use */
	bool warned;
	uint64_t round_trips;
	char message[DETAIL_SIZE];
};

struct pg *pg_new(const struct store_options *options)
{
	struct pg *pg = xcalloc(1, sizeof(*pg));

	pg->conninfo = xstrdup(options->conninfo);
	pg->schema = options->schema ? xstrdup(options->schema) : NULL;
	pg->read_only = options->read_only;
	pg->busy_ms = options->busy_ms ? options->busy_ms : BUSY_MS;
	return pg;
}

struct pg *pg_twin(const struct pg *pg)
{
	return pg_new(&(struct store_options){.conninfo = pg->conninfo, .schema = pg->schema,
		.read_only = pg->read_only, .busy_ms = pg->busy_ms});
}

void pg_free(struct pg *pg)
{
	if (!pg)
		return;
	PQfinish(pg->connection);
	free(pg->conninfo);
	free(pg->schema);
	free(pg);
}

bool pg_alive(const struct pg *pg)
{
	return pg->connection && !pg->broken && PQstatus(pg->connection) == CONNECTION_OK;
}

/* A server that went away while nothing was asked shows when its socket is read. */
bool pg_idle(struct pg *pg)
{
	struct pollfd fd = {.events = POLLIN};

	if (!pg_alive(pg))
		return false;
	fd.fd = PQsocket(pg->connection);
	if (pg->queued == 0 && poll(&fd, 1, 0) > 0 && !PQconsumeInput(pg->connection))
		pg_say(pg, PQerrorMessage(pg->connection));
	return pg_alive(pg);
}

const char *pg_message(const struct pg *pg)
{
	return pg->message;
}

uint64_t pg_round_trips(const struct pg *pg)
{
	return pg->round_trips;
}

char *pg_where(const struct pg *pg, char **password)
{
	PQconninfoOption *options = PQconninfoParse(pg->conninfo, NULL);
	struct strbuf out = {0};

	*password = NULL;
	for (PQconninfoOption *each = options; each && each->keyword; each++) {
		if (each->val && strcmp(each->keyword, "password") == 0)
			*password = xstrdup(each->val);
		else if (each->val)
			postgres_word(&out, each->keyword, each->val);
	}
	PQconninfoFree(options);
	return out.text;
}

const char *pg_schema(const struct pg *pg)
{
	return pg->schema;
}

/* One line. */
void pg_say(struct pg *pg, const char *message)
{
	copy_string(pg->message, sizeof(pg->message), message);
	for (char *c = pg->message; *c; c++)
		*c = *c == '\n' ? ' ' : *c;
	for (size_t end = strlen(pg->message); end && pg->message[end - 1] == ' ';)
		pg->message[--end] = '\0';
}

bool pg_warned(struct pg *pg)
{
	bool warned = pg->warned;

	pg->warned = false;
	return warned;
}

bool pg_heard(struct pg *pg)
{
	PGnotify *each;
	bool heard = false;

	while (pg->connection && (each = PQnotifies(pg->connection))) {
		heard = true;
		PQfreemem(each);
	}
	return heard;
}

/* Notices of DDL are of no interest; a warning at a commit says that its outcome is unknown. */
static void on_notice(void *context, const PGresult *notice)
{
	struct pg *pg = context;
	const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (severity && strcmp(severity, "WARNING") == 0) {
		pg->warned = true;
		pg_say(pg, PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY));
	}
}

/* Who writes looks up some hundred keys of large tables at a time; what it reads is in memory, also
 * where nobody has counted the rows yet. A table that is small when a statement is prepared is not
 * read whole for ever. */
#define LOOKUPS                                                                                    \
	"SET seq_page_cost = 0.1; SET random_page_cost = 0.1; SET enable_seqscan = off;"

/* The session's own settings. A gateway that stands still in a transaction must not hold back the
 * others: the server ends it. */
static int set_up(struct pg *pg)
{
	char *sql = xasprintf("SET lock_timeout = %d; %s"
			      "SET idle_in_transaction_session_timeout = 15000;"
			      "SET TimeZone = 'UTC'; SET standard_conforming_strings = on;"
			      "SET default_transaction_read_only = %s; SET jit = off",
		pg->busy_ms, pg->read_only ? "" : LOOKUPS, pg->read_only ? "on" : "off");
	char *name = pg->schema ? PQescapeIdentifier(pg->connection, pg->schema,
						     strlen(pg->schema)) : NULL;
	char *path = name ? xasprintf("SET search_path = %s", name) : NULL;
	int error = pg_exec(pg, sql);

	if (!error && path)
		error = pg_exec(pg, path);
	PQfreemem(name);
	free(path);
	free(sql);
	return error;
}

int pg_connect(struct pg *pg)
{
	/* what the connection string says itself comes later and wins */
	const char *const keys[] = {"connect_timeout", "keepalives_idle", "keepalives_interval",
		"keepalives_count", "tcp_user_timeout", "application_name",
		"target_session_attrs", "dbname", "client_encoding", NULL};
	const char *const values[] = {"5", "5", "2", "3", "15000", "kabar",
		pg->read_only ? "any" : "read-write", pg->conninfo, "UTF8", NULL};
	int error;

	PQfinish(pg->connection);
	pg->queued = 0;
	pg->failed = OK;
	pg->warned = pg->broken = false;
	pg->connection = PQconnectdbParams(keys, values, 1);
	if (!pg->connection)
		abort(); /* no memory for it */
	if (PQstatus(pg->connection) != CONNECTION_OK) {
		pg_say(pg, PQerrorMessage(pg->connection));
		return ERR_STORE_BUSY;
	}
	PQsetNoticeReceiver(pg->connection, on_notice, pg);
	if (PQserverVersion(pg->connection) < 140000) {
		pg_say(pg, "PostgreSQL 14 or newer is needed");
		return ERR_CONFIG;
	}
	error = PQenterPipelineMode(pg->connection) ? OK : ERR_STORE;
	return error ? error : set_up(pg);
}

/* The first error stays: what follows in a pipeline is only its echo. */
static void note_result(struct pg *pg, const PGresult *result)
{
	const char *state, *name;

	if (pg->failed)
		return;
	state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	pg_say(pg, state ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)
			 : PQerrorMessage(pg->connection));
	pg->failed = state ? postgres_error(state) : ERR_STORE_BUSY; /* the connection broke */
	name = state ? PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME) : NULL;
	if (name && strcmp(name, "tokens_owner") == 0) {
		pg_say(pg, "this gateway was silent, and another took its place over");
		pg->failed = ERR_STORE_IO;
	}
}

static bool is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* One answer of the queue; the NULL that ends it is read too. */
static PGresult *take_answer(struct pg *pg, bool *prepared)
{
	PGresult *result = PQgetResult(pg->connection), *end;

	if (!result || !is_good(result)) {
		if (prepared)
			*prepared = false;
		if (!result || PQresultStatus(result) != PGRES_PIPELINE_ABORTED)
			note_result(pg, result);
		else if (!pg->failed)
			pg->failed = ERR_STORE;
		PQclear(result);
		pg->broken |= !result;
		if (!result)
			return NULL;
		result = NULL;
	}
	while ((end = PQgetResult(pg->connection)))
		PQclear(end);
	return result;
}

/* Two ends of results behind each other: nothing is under way, and the answer never comes. */
static void wait_for_sync(struct pg *pg)
{
	PGresult *result;
	bool reached = false;
	int ends = 0;

	while (!reached && pg_alive(pg)) {
		result = PQgetResult(pg->connection);
		reached = result && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
		ends = result ? 0 : ends + 1;
		pg->broken |= ends > 1;
		PQclear(result);
	}
}

int pg_collect(struct pg *pg, enum pg_wait wait, struct pg_rows **last)
{
	PGresult *result = NULL;
	bool sent = wait == PG_SYNC ? PQpipelineSync(pg->connection)
				    : PQsendFlushRequest(pg->connection);
	int error;

	if (!sent || PQflush(pg->connection) != 0)
		note_result(pg, NULL);
	pg->round_trips++;
	for (int i = 0; i < pg->queued; i++) {
		PQclear(result);
		result = take_answer(pg, pg->queue[i].prepared);
		if (pg->queue[i].rows) {
			*pg->queue[i].rows = (struct pg_rows *)result;
			result = NULL;
		}
	}
	pg->queued = 0;
	if (wait == PG_SYNC && sent)
		wait_for_sync(pg);
	else if (pg->failed && pg_alive(pg) && PQpipelineSync(pg->connection))
		wait_for_sync(pg); /* out of what was aborted */
	if (!pg->failed && !pg_alive(pg))
		note_result(pg, NULL);
	error = pg->failed;
	pg->failed = OK;
	if (!last || error) {
		PQclear(result);
		result = NULL;
	}
	if (last)
		*last = (struct pg_rows *)result;
	return error;
}

static void enqueue(struct pg *pg, bool *prepared, struct pg_rows **rows)
{
	pg->queue[pg->queued].prepared = prepared;
	pg->queue[pg->queued++].rows = rows;
}

void pg_forget(struct pg *pg, struct pg_rows **rows)
{
	for (int i = 0; i < pg->queued; i++) {
		if (pg->queue[i].rows == rows)
			pg->queue[i].rows = NULL;
	}
}

/* A parameter as libpq takes it: numbers and texts as text, octets as they are. */
struct wire {
	const char *values[PARAMS_ROOM];
	int lengths[PARAMS_ROOM], formats[PARAMS_ROOM];
	Oid types[PARAMS_ROOM];
	char numbers[PARAMS_ROOM][24];
	char *copies[PARAMS_ROOM];
};

static void wire_put(struct wire *wire, int i, const struct param *param)
{
	size_t length;

	wire->copies[i] = NULL;
	wire->values[i] = NULL;
	wire->lengths[i] = (int)param->length;
	wire->formats[i] = param->type >= PARAM_BLOB;
	wire->types[i] = 0; /* by its place in the statement */
	switch (param->type) {
	case PARAM_NULL: break;
	case PARAM_INT:
		snprintf(wire->numbers[i], sizeof(wire->numbers[i]), "%" PRId64, param->integer);
		wire->values[i] = wire->numbers[i];
		wire->types[i] = OID_INT8;
		break;
	case PARAM_TEXT:
		wire->copies[i] = postgres_text(param->data, param->length);
		wire->values[i] = wire->copies[i] ? wire->copies[i] : param->data;
		wire->types[i] = OID_TEXT;
		break;
	case PARAM_BLOB:
		wire->values[i] = param->data;
		wire->types[i] = OID_BYTEA;
		break;
	case PARAM_INTS:
	case PARAM_TEXTS:
	case PARAM_BLOBS:
		wire->copies[i] = postgres_list(param, &length);
		wire->values[i] = wire->copies[i];
		wire->lengths[i] = (int)length;
		wire->types[i] = OID_LISTS(param->type);
		break;
	}
}

static bool send_query(struct pg *pg, const struct pg_query *query, const struct wire *wire)
{
	if (!query->name) {
		if (!PQsendQueryParams(pg->connection, query->sql, query->count, wire->types,
			    wire->values, wire->lengths, wire->formats, query->raw))
			return false;
		enqueue(pg, NULL, query->rows);
		return true;
	}
	if (!*query->prepared) {
		if (!PQsendPrepare(pg->connection, query->name, query->sql, query->count,
			    wire->types))
			return false;
		*query->prepared = true;
		enqueue(pg, query->prepared, NULL);
	}
	if (!PQsendQueryPrepared(pg->connection, query->name, query->count, wire->values,
		    wire->lengths, wire->formats, query->raw))
		return false;
	enqueue(pg, NULL, query->rows);
	return true;
}

int pg_queue(struct pg *pg, const struct pg_query *query)
{
	struct wire wire;
	int error = OK;

	if (!pg_alive(pg))
		return ERR_STORE_BUSY;
	if (query->count > PARAMS_ROOM)
		return ERR_STORE;
	if (pg->queued + 2 > QUEUE_MAX)
		error = pg_collect(pg, PG_FLUSH, NULL);
	if (error)
		return error;
	for (int i = 0; i < query->count; i++)
		wire_put(&wire, i, &query->params[i]);
	if (!send_query(pg, query, &wire)) {
		note_result(pg, NULL);
		error = pg_alive(pg) ? ERR_STORE : ERR_STORE_BUSY;
	}
	for (int i = 0; i < query->count; i++)
		free(wire.copies[i]);
	return error;
}

int pg_exec(struct pg *pg, const char *sql)
{
	int error = pg->queued ? pg_collect(pg, PG_SYNC, NULL) : OK;
	PGresult *result;

	if (!error && (!pg_alive(pg) || !PQexitPipelineMode(pg->connection)))
		error = ERR_STORE_BUSY;
	if (error)
		return error;
	pg->round_trips++;
	result = PQexec(pg->connection, sql);
	if (!is_good(result)) {
		note_result(pg, result);
		error = pg->failed;
		pg->failed = OK;
	}
	PQclear(result);
	if (pg_alive(pg) && !PQenterPipelineMode(pg->connection) && !error)
		error = ERR_STORE;
	return error;
}

static const PGresult *result_of(const struct pg_rows *rows)
{
	return (const PGresult *)rows;
}

int pg_rows_count(const struct pg_rows *rows)
{
	return rows ? PQntuples(result_of(rows)) : 0;
}

const char *pg_rows_tag(struct pg_rows *rows)
{
	return rows ? PQcmdStatus((PGresult *)rows) : "";
}

int64_t pg_rows_changed(struct pg_rows *rows)
{
	return rows ? strtoll(PQcmdTuples((PGresult *)rows), NULL, 10) : 0;
}

void pg_rows_free(struct pg_rows *rows)
{
	PQclear((PGresult *)rows);
}

static bool is_raw(const struct pg_rows *rows, int column)
{
	return PQfformat(result_of(rows), column) != 0;
}

int64_t pg_rows_int(const struct pg_rows *rows, int row, int column)
{
	const char *text = PQgetvalue(result_of(rows), row, column);

	if (is_raw(rows, column))
		return postgres_number(text, PQgetlength(result_of(rows), row, column));
	if (PQftype(result_of(rows), column) == OID_BOOL)
		return *text == 't';
	return strtoll(text, NULL, 10);
}

const void *pg_rows_data(
	const struct pg_rows *rows, int row, int column, char **room, size_t *length)
{
	const char *text;

	*length = 0;
	if (PQgetisnull(result_of(rows), row, column))
		return NULL;
	text = PQgetvalue(result_of(rows), row, column);
	*length = (size_t)PQgetlength(result_of(rows), row, column);
	if (is_raw(rows, column) || PQftype(result_of(rows), column) != OID_BYTEA)
		return text;
	return postgres_octets(text, length, room);
}
