/* The central store: opening, batches, and what may go wrong. The topics have headers of their own:
 * inbound.h, report.h, person.h, outbox.h, tally.h, deadline.h.
 *
 * One connection, one thread at a time. All times are UTC seconds. Strings that a function returns
 * live in the arena it is given. Every function may return ERR_STORE_BUSY, ERR_STORE_FULL,
 * ERR_STORE_IO or ERR_STORE. ERR_STORE_IO is for good: every later call returns it, and nothing may
 * be acknowledged any more. Any of them inside a batch spoils the batch: all that is left is to
 * roll it back (its commit does, and returns the error).
 */
#ifndef STORE_BASE_STORE_H
#define STORE_BASE_STORE_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"
#include "store/driver/store_options.h"

struct store;

/* Opens, creates when there is none, migrates. On error *out is NULL and detail (if not NULL, room
 * >= 256) says why. ERR_STORE_VERSION: a newer program made it; ERR_STORE: another program's, or
 * still old and read_only. The database is never deleted or made anew. */
int store_open(struct store **out, const struct store_options *options, char *detail) MUST_CHECK;
void store_close(struct store *store);
/* Throws away a store that was made in a schema of its own (options->schema), and only such a one.
 */
int store_drop(const struct store_options *options, char *detail) MUST_CHECK;
const char *store_detail(const struct store *store); /* of the last error, for the log */

/* Which store this is, for as long as it lives and in all its copies, and the number of the last
 * inbound message. */
#define STORE_ID 33
int store_id(struct store *store, char id[STORE_ID], int64_t *last) MUST_CHECK;

/* A batch is one transaction (BEGIN IMMEDIATE). Tallies are merged in memory and written by the
 * commit. */
int store_batch_begin(struct store *store) MUST_CHECK;
int store_batch_commit(
	struct store *store) MUST_CHECK; /* OK: durable. On error the batch is rolled back */
/* A store that was opened with sync_later: OK of a commit says that it is done, OK of this that all
 * that was done before is durable. It and store_relieve(), which keeps commits short, may be called
 * by a thread of its own each. */
bool store_syncs_later(const struct store *store);
int store_sync(struct store *store) MUST_CHECK;
void store_relieve(struct store *store);
void store_batch_rollback(struct store *store);

/* In a batch, before its messages: asks all that was foreseen (store_…_foresee) since the last call,
 * with one waiting. Nothing of it changes what a batch does. */
int store_ask(struct store *store) MUST_CHECK;
/* Now and then in a long batch: what waits to be written is sent, and the server works on it while
 * the next message is read. */
int store_push(struct store *store) MUST_CHECK;
bool store_foresees(const struct store *store); /* false: nothing is gained by it */

/* Before a sum is read, and when nothing else is to do: what was added goes where it is counted,
 * also what large batches left in the log. Brings a transaction of its own when no batch is open. A
 * store that only reads may be behind by what large batches added in the last second. */
int store_fold(struct store *store) MUST_CHECK;
/* A slice of that in a transaction of its own; *more: another one is left. Due: much waits. */
int store_fold_some(struct store *store, bool *more) MUST_CHECK;
bool store_fold_due(const struct store *store);

/* When little else is to do: the newest reports are filed by place and teller (store/base/filed.h), some
 * thousand at once; not all: when they are worth a transaction. */
int store_file_reports(struct store *store, bool all) MUST_CHECK;

/* All reads between the two see one moment, whatever others write; for a store that only reads, and
 * not while anything waits. */
int store_snapshot_begin(struct store *store) MUST_CHECK;
void store_snapshot_end(struct store *store);

/* The time that rows get when what they are about comes to an end (store/message/outbox.h). Set by
 * whoever has a clock, before each batch; without it they get none. */
void store_set_now(struct store *store, int64_t now);

/* Changes when another connection wrote places or people. Cheap while nobody else writes at all. */
int store_version(struct store *store, int64_t *version) MUST_CHECK;
void store_version_foresee(struct store *store);
/* Where several share the store, without asking it: somebody said that places or people changed, or
 * nobody was listened to before. A hint to look at the version now. */
int store_lists_heard(struct store *store, bool *changed) MUST_CHECK;

/* Moves when this connection may have changed who somebody is. */
uint64_t store_people(const struct store *store);

/* What this connection has written since it was opened, for tests and benches. */
struct store_work;
void store_work(const struct store *store, struct store_work *out);

/* A consistent copy of one moment while others write. ERR_EXISTS: there is such a file, or
 * another backup writes it. */
int store_backup(struct store *store, const char *path) MUST_CHECK;

/* Numbers that may be written to begin with one of `allow` ("+628"; count 0: all), and are none of
 * `own`. The lists outlive the store. Screens go where they were dialled from. */
void store_outbox_limit(struct store *store, const char *const *allow, size_t count,
	const char *const *own, size_t nown);
bool store_outbox_allows(const struct store *store, const char *phone);

#endif
