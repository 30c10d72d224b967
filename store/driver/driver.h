/* What a database must offer to carry the store: one row of functions per driver.
 *
 * The topic files speak portable SQL with `?` parameters and never see a driver; query.h stands
 * between. Every int is OK or one of ERR_STORE_BUSY, ERR_STORE_FULL, ERR_STORE_IO, ERR_STORE,
 * ERR_STORE_VERSION.
 */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"
#include "store/driver/param.h"
#include "store/driver/store_options.h"

#define DETAIL_SIZE 256

/* The schema as numbered steps: entry 0 makes version 1. Each runs in one transaction with its
 * number. */
struct migrations {
	const char *const *steps;
	int count;
};

/* Since the store was opened: pages written (journal included), rows changed; how often a server
 * was waited for. */
struct store_work {
	int64_t pages, rows, trips;
};

struct sharing;
struct together;

struct driver {
	const char *name;
	/* On error *db is NULL and detail (DETAIL_SIZE) says why. */
	int (*open)(void **db, const struct store_options *options, char *detail);
	void (*close)(void *db);
	const char *(*message)(void *db); /* of the last error */
	const struct migrations *(*migrations)(void);
	int (*schema_version)(void *db, int *version);
	int (*set_schema_version)(void *db, int version); /* inside a transaction */

	int (*begin)(void *db);                 /* takes the writer's place at once */
	int (*snapshot)(void *db); /* reading of one moment, until the rollback; NULL: BEGIN does */
	/* OK only when it is durable. When the connection broke meanwhile: ERR_STORE_BUSY only when
	 * it was not done, or when nobody can be asked yet. */
	int (*commit)(void *db);
	/* With options->sync_later, each in a thread of its own: what was committed is durable when
	 * this is OK; what keeps the next commits short. NULL: the commit does. */
	int (*sync)(void *db);
	void (*relieve)(void *db);
	void (*rollback)(void *db);             /* harmless without a transaction */
	int (*exec)(void *db, const char *sql); /* several statements, no result */

	int (*prepare)(void *db, const char *sql, void **statement);
	int (*bind)(void *statement, int index, const struct param *param); /* index from 1 */
	int (*step)(void *statement, bool *row);
	/* To the end, without rows. Inside a transaction it may be sent later, together with others:
	 * its error may come from a later call, from the commit at last. */
	int (*run)(void *statement); /* NULL: stepping does */
	int (*reset)(void *statement);
	void (*finalize)(void *statement);
	int64_t (*changes)(void *statement); /* rows that it changed; asked before its reset */
	int64_t (*column_int)(void *statement, int column); /* column from 0 */
	/* Valid until the next step; NULL for SQL NULL. Text is NUL-terminated, length without it.
	 */
	const void *(*column_data)(void *statement, int column, size_t *length);

#define IDS_BLOCK 64 /* numbers of rows that are taken at once */
	/* False only when certainly no other connection has written since the last call. */
	int (*others_wrote)(void *db, bool *wrote);
	int (*backup)(void *db, const char *path, char *detail);
	/* What was written so far, for tests and benches; NULL: nobody counts. */
	void (*work)(void *db, struct store_work *out);

	/* How some of the free room is given back to the system, and how much is left; NULL: it does so
	 * by itself, also for a row that shrinks where it stands. */
	const char *give_back, *left;
	/* What could lose a commit that returned OK, as a sentence of at most DETAIL_SIZE; "":
	 * nothing that is known. NULL: the driver sees to it. */
	int (*risk)(void *db, char *detail);

	bool files_later; /* reports by place and teller: store/base/filed.h */
	const struct sharing *sharing; /* NULL: a store belongs to one gateway */
	const struct together *together; /* NULL: waiting costs nothing */
	/* Throws away what stands in options->schema, whoever has it open; NULL: files do. */
	int (*drop)(const struct store_options *options, char *detail);
};

extern const struct driver driver_sqlite;
extern const struct driver driver_postgres;

#endif
