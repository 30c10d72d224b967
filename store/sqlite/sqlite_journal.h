/* The journal of a store whose commits are made durable later, by another thread, and whose
 * checkpoints are done by yet another one: neither stands in the way of the next transaction.
 */
#ifndef STORE_SQLITE_SQLITE_JOURNAL_H
#define STORE_SQLITE_SQLITE_JOURNAL_H

#include <stdatomic.h>

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct sqlite3;

struct sqlite_journal {
	char *path; /* of the journal; NULL: commits are durable at once */
	int fd; /* the syncing thread's; -1: not yet */
	struct sqlite3 *handle; /* the checkpointing thread's own connection; NULL: not yet */
	_Atomic int pages, copied; /* in the journal; of these in the database */
	_Atomic int full; /* pages; with so many it shall begin anew */
	_Atomic bool near; /* a checkpoint that was to come before the writer's own is done */
	bool waits; /* the writer does, for readers */
};

#define SQLITE_JOURNAL_WAIT_MS 50 /* the writer waits for readers, at most */

/* The writer's connection commits without a sync from now on. path: of the database. */
int sqlite_journal_begin(struct sqlite_journal *journal, struct sqlite3 *writer, const char *path);
void sqlite_journal_end(struct sqlite_journal *journal);
/* One thread: all that was committed before is on the disk. False: nobody knows. */
bool sqlite_journal_sync(struct sqlite_journal *journal);
/* One thread: copies into the database what is in the journal, beside a writer, when it is time. */
void sqlite_journal_checkpoint(struct sqlite_journal *journal);

#endif
