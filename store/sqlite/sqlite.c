/* The SQLite driver: the only file that knows sqlite3.h.
 *
 * WAL with synchronous=FULL: a commit that returned OK is on the disk (options->sync_later: after
 * the next sync). The database is never deleted, truncated or made anew; what looks like the
 * remains of one is refused.
 */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/driver/driver.h"
#include "store/sqlite/pool.h"
#include "store/sqlite/sqlite_copy.h"
#include "store/sqlite/sqlite_file.h"
#include "store/sqlite/sqlite_frames.h"
#include "store/sqlite/sqlite_journal.h"
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/sqlite_schema.h"

#define APPLICATION_ID 0x4b414252 /* "KABR" */
#define BUSY_MS        3000
#define WATCH_STEPS    20000 /* of SQLite's machine: some milliseconds */

struct sqlite {
	sqlite3 *handle;
	char *path;
	bool read_only;
	int busy_ms;
	struct sqlite_reader reader;
	struct sqlite_journal journal;
	int64_t data_version; /* as last seen; 0: not yet */
	sqlite3_stmt *look; /* at it */
	const char *reason; /* of the last error, when SQLite does not know it; NULL */
	char message[DETAIL_SIZE];
};

/* Of the last file operation that failed; a commit tells it to the journal's file alone. */
static int system_errno(const struct sqlite *db)
{
	int cause = sqlite3_system_errno(db->handle);
	sqlite3_file *wal = NULL;

	sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
	if (cause == 0 && wal && wal->pMethods)
		wal->pMethods->xFileControl(wal, SQLITE_FCNTL_LAST_ERRNO, &cause);
	return cause;
}

/* A full disk shows as an I/O error where SQLite does not write through its own path (shared
 * memory). A failed sync stays an I/O error whatever its cause: the pages may be lost already. */
static int io_error(const struct sqlite *db)
{
	int cause = system_errno(db);
	int code = sqlite3_extended_errcode(db->handle);

	if (code == SQLITE_IOERR_NOMEM)
		abort();
	if ((cause == ENOSPC || cause == EDQUOT || cause == EFBIG) && code != SQLITE_IOERR_FSYNC)
		return ERR_STORE_FULL;
	return ERR_STORE_IO;
}

static int error_of(const struct sqlite *db, int code)
{
	switch (code & 0xff) {
	case SQLITE_OK: case SQLITE_ROW: case SQLITE_DONE: return OK;
	case SQLITE_BUSY: case SQLITE_LOCKED: case SQLITE_PROTOCOL: return ERR_STORE_BUSY;
	case SQLITE_INTERRUPT: return ERR_STORE_BUSY; /* a reader that was told to give way */
	case SQLITE_FULL: return ERR_STORE_FULL;
	case SQLITE_IOERR: return io_error(db);
	case SQLITE_READONLY: /* the file moved away, or its file system went read-only */
		return db->read_only ? ERR_STORE : ERR_STORE_IO;
	case SQLITE_CORRUPT: case SQLITE_NOTADB: case SQLITE_CANTOPEN: return ERR_STORE_IO;
	case SQLITE_NOMEM: abort();
	default: return ERR_STORE;
	}
}

static const char *sqlite_message(void *context)
{
	struct sqlite *db = context;
	int code = sqlite3_errcode(db->handle) & 0xff, cause = system_errno(db);
	bool file = code == SQLITE_IOERR || code == SQLITE_FULL || code == SQLITE_CANTOPEN ||
		code == SQLITE_READONLY;

	if (db->reason)
		return db->reason;
	snprintf(db->message, DETAIL_SIZE, "%s (%s)", sqlite3_errmsg(db->handle), strerror(cause));
	return file && cause != 0 ? db->message : sqlite3_errmsg(db->handle);
}

static int sqlite_exec(void *db, const char *sql)
{
	return error_of(db, sqlite3_exec(((struct sqlite *)db)->handle, sql, NULL, NULL, NULL));
}

static int pragma_int(struct sqlite *db, const char *sql, int64_t *value)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return error_of(db, code);
}

/* Another program's database has tables but not our mark. */
static int check_mark(struct sqlite *db, char *detail)
{
	int64_t mark = 0, tables = 0;
	int error = pragma_int(db, "PRAGMA application_id", &mark);

	if (!error)
		error = pragma_int(db, "SELECT count(*) FROM sqlite_master", &tables);
	if (error)
		return error;
	if (mark == APPLICATION_ID)
		return OK;
	if (mark || tables) {
		snprintf(detail, DETAIL_SIZE, "%s is a database of another program", db->path);
		return ERR_STORE;
	}
	if (db->read_only)
		return OK;
	return sqlite_exec(db, "PRAGMA auto_vacuum = INCREMENTAL; "
			       "PRAGMA application_id = 1262568018"); /* APPLICATION_ID */
}

/* Looks again each millisecond: another writer's short batch is waited for, and not much longer. */
static int on_busy(void *context, int tries)
{
	const struct sqlite *db = context;
	int most = db->journal.waits ? SQLITE_JOURNAL_WAIT_MS : db->busy_ms;

	return tries < most && sqlite3_sleep(1) >= 0;
}

static int on_watch(void *context)
{
	struct sqlite *db = context;

	if (!sqlite_reader_overstays(&db->reader))
		return 0;
	db->reason = db->reader.reason;
	return 1;
}

static int set_up(struct sqlite *db, char *detail)
{
	int64_t foreign_keys = 0;
	int error;

	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_busy_handler(db->handle, on_busy, db);
	if (db->read_only)
		sqlite3_progress_handler(db->handle, WATCH_STEPS, on_watch, db);
	error = check_mark(db, detail);
	if (!error && !db->read_only)
		error = sqlite_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
					"PRAGMA wal_autocheckpoint = 4000;"
					"PRAGMA journal_size_limit = 67108864");
	if (!error)
		error = sqlite_exec(db, "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;"
					"PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
					"PRAGMA cache_size = -10240");
	if (!error)
		error = pragma_int(db, "PRAGMA foreign_keys", &foreign_keys);
	if (!error && !foreign_keys)
		error = ERR_STORE;
	return error;
}

static void sqlite_close(void *context)
{
	struct sqlite *db = context;

	if (!db)
		return;
	sqlite3_finalize(db->look);
	sqlite_journal_end(&db->journal);
	sqlite3_close_v2(db->handle);
	sqlite_reader_free(&db->reader);
	free(db->path);
	free(db);
}

/* Refused when a database is open: then it was said before. */
static void memory_set_up(void)
{
	static const sqlite3_mem_methods pool = {pool_alloc, pool_free, pool_realloc, pool_size,
		pool_round, pool_begin, pool_end, NULL};

	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	(void)(POOL_USED && sqlite3_config(SQLITE_CONFIG_MALLOC, &pool));
}

static int sqlite_open(void **out, const struct store_options *options, char *detail)
{
	struct sqlite *db;
	int code, error;

	*out = NULL;
	memory_set_up();
	if (!options->path || !*options->path) {
		snprintf(detail, DETAIL_SIZE, "the store has no path");
		return ERR_CONFIG;
	}
	error = sqlite_file_create(options, detail);
	if (error)
		return error;
	db = xcalloc(1, sizeof(*db));
	db->path = xstrdup(options->path);
	db->read_only = options->read_only;
	sqlite_reader_init(&db->reader, options);
	db->busy_ms = options->busy_ms ? options->busy_ms : BUSY_MS;
	code = sqlite3_open_v2(options->path, &db->handle,
		(options->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
			SQLITE_OPEN_NOMUTEX, options->sync_later ? sqlite_frames_vfs() : NULL);
	if (!db->handle)
		abort(); /* no memory for it */
	error = error_of(db, code);
	if (!error)
		error = set_up(db, detail);
	if (!error && options->sync_later)
		error = error_of(db,
			sqlite_journal_begin(&db->journal, db->handle, options->path));
	if (error) {
		if (!*detail)
			snprintf(detail, DETAIL_SIZE, "%s: %s", db->path,
				sqlite3_errmsg(db->handle));
		sqlite_close(db);
		return error;
	}
	*out = db;
	return OK;
}

static int sqlite_schema_version(void *context, int *version)
{
	int64_t value = 0;
	int error = pragma_int(context, "PRAGMA user_version", &value);

	*version = (int)value;
	return error;
}

static int sqlite_set_schema_version(void *context, int version)
{
	char sql[48];

	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", version);
	return sqlite_exec(context, sql);
}

/* Writing to a file that is no longer at its path would acknowledge into the void. */
static int check_moved(struct sqlite *db)
{
	int moved = 0;

	sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	if (moved)
		db->reason = "the file of the store is not at its path any more";
	return moved ? ERR_STORE_IO : OK;
}

static int sqlite_begin(void *context)
{
	int error = check_moved(context);

	return error ? error : sqlite_exec(context, "BEGIN IMMEDIATE");
}

static int sqlite_commit(void *context)
{
	struct sqlite *db = context;

	/* An error that SQLite rolled back by itself must not look like an empty commit. */
	if (sqlite3_get_autocommit(db->handle))
		return ERR_STORE;
	return sqlite_exec(db, "COMMIT");
}

static void sqlite_rollback(void *context)
{
	struct sqlite *db = context;

	if (!sqlite3_get_autocommit(db->handle))
		(void)sqlite_exec(db, "ROLLBACK");
}

struct sqlite_statement {
	struct sqlite *db;
	sqlite3_stmt *handle;
};

static int sqlite_prepare(void *context, const char *sql, void **out)
{
	struct sqlite *db = context;
	struct sqlite_statement *statement = xcalloc(1, sizeof(*statement));
	int code;

	statement->db = db;
	code = sqlite3_prepare_v3(
		db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
	if (code != SQLITE_OK) {
		free(statement);
		return error_of(db, code);
	}
	*out = statement;
	return OK;
}

static int sqlite_bind(void *context, int index, const struct param *param)
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
	return error_of(statement->db, code);
}

static int sqlite_step(void *context, bool *row)
{
	struct sqlite_statement *statement = context;
	struct sqlite *db = statement->db;
	int code;

	if (db->read_only && sqlite3_txn_state(db->handle, "main") == SQLITE_TXN_NONE) {
		sqlite_reader_begin(&db->reader);
		db->reason = NULL;
	}
	*row = false;
	if (db->read_only && on_watch(db))
		return ERR_STORE_BUSY;
	code = sqlite3_step(statement->handle);
	*row = code == SQLITE_ROW;
	return error_of(statement->db, code);
}

static int sqlite_reset(void *context)
{
	struct sqlite_statement *statement = context;
	int error = error_of(statement->db, sqlite3_reset(statement->handle));

	sqlite3_clear_bindings(statement->handle);
	return error;
}

static void sqlite_finalize(void *context)
{
	struct sqlite_statement *statement = context;

	sqlite3_finalize(statement->handle);
	free(statement);
}

static int64_t sqlite_changes(void *context)
{
	struct sqlite_statement *statement = context;

	return sqlite3_changes(statement->db->handle);
}

static int64_t sqlite_column_int(void *context, int column)
{
	struct sqlite_statement *statement = context;

	return sqlite3_column_int64(statement->handle, column);
}

static const void *sqlite_column_data(void *context, int column, size_t *length)
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

static int sqlite_others_wrote(void *context, bool *wrote)
{
	struct sqlite *db = context;
	int code = SQLITE_OK;
	int64_t now;

	if (!db->look)
		code = sqlite3_prepare_v3(db->handle, "PRAGMA data_version", -1,
			SQLITE_PREPARE_PERSISTENT, &db->look, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(db->look);
	if (code == SQLITE_ROW) {
		now = sqlite3_column_int64(db->look, 0);
		*wrote = now != db->data_version;
		db->data_version = now;
	}
	sqlite3_reset(db->look);
	return error_of(db, code);
}

static int sqlite_backup_to(void *context, const char *path, char *detail)
{
	struct sqlite *db = context;
	char *partial;
	int fd, code, error = sqlite_file_partial(path, &partial, &fd, detail);

	if (error)
		return error;
	error = ERR_SYSTEM;
	sqlite_reader_begin(&db->reader);
	code = sqlite_copy_pages(db->handle, partial, on_watch, db);
	if (code != SQLITE_OK)
		snprintf(detail, DETAIL_SIZE, "backup to %s: %s", path,
			code == SQLITE_INTERRUPT ? db->reason : sqlite3_errstr(code));
	/* link(2), not rename(2): it never replaces a file that is there. */
	if (code == SQLITE_OK && link(partial, path) == 0) {
		error = sqlite_file_sync_directory(path) == 0 ? OK : ERR_SYSTEM;
	} else if (code == SQLITE_OK) {
		error = errno == EEXIST ? ERR_EXISTS : ERR_SYSTEM;
		snprintf(detail, DETAIL_SIZE, "cannot name it %s: %s", path, strerror(errno));
	} else if (code == SQLITE_FULL || code == SQLITE_INTERRUPT) {
		error = error_of(db, code);
	}
	unlink(partial);
	close(fd);
	free(partial);
	return error;
}

static int sqlite_sync(void *context)
{
	return sqlite_journal_sync(&((struct sqlite *)context)->journal) ? OK : ERR_STORE_IO;
}

static void sqlite_relieve(void *context)
{
	sqlite_journal_checkpoint(&((struct sqlite *)context)->journal);
}

static void sqlite_work(void *context, struct store_work *out)
{
	struct sqlite *db = context;
	int now = 0, highest;

	(void)sqlite3_db_status(db->handle, SQLITE_DBSTATUS_CACHE_WRITE, &now, &highest, 0);
	*out = (struct store_work){.pages = now, .rows = sqlite3_total_changes64(db->handle)};
}

const struct driver driver_sqlite = {
	.name = "sqlite",
	.open = sqlite_open,
	.close = sqlite_close,
	.message = sqlite_message,
	.migrations = sqlite_migrations,
	.schema_version = sqlite_schema_version,
	.set_schema_version = sqlite_set_schema_version,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.exec = sqlite_exec,
	.prepare = sqlite_prepare,
	.bind = sqlite_bind,
	.step = sqlite_step,
	.reset = sqlite_reset,
	.finalize = sqlite_finalize,
	.changes = sqlite_changes,
	.column_int = sqlite_column_int,
	.column_data = sqlite_column_data,
	.others_wrote = sqlite_others_wrote,
	.sync = sqlite_sync,
	.relieve = sqlite_relieve,
	.backup = sqlite_backup_to,
	.work = sqlite_work, .files_later = true,
	.give_back = "PRAGMA incremental_vacuum(256)", .left = "PRAGMA freelist_count",
};
