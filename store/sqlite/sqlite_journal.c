/* The journal, synced and emptied beside the writer: see sqlite_journal.h.
 *
 * A journal begins anew only when all of it is in the database and nobody writes, so what is left
 * at the end is the writer's: little, when another thread has just copied the rest. Nor does it
 * while somebody reads it. Pages follow each other closely, on a busy machine without a gap, so the
 * writer lets those finish that are under way: who begins meanwhile needs the journal no more. An
 * export takes longer than that and is not waited for again until as much has come once more.
 */
#include "store/sqlite/sqlite_journal.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COPY_PAGES 2000 /* so many new ones are copied by the other thread */
#define FULL_PAGES 8000 /* the journal shall begin anew */
#define MOST_PAGES 32000 /* ... also when the other thread did not help */

/* After each commit of the writer. */
static int on_commit(void *context, sqlite3 *writer, const char *name, int pages)
{
	struct sqlite_journal *journal = context;
	int all = 0, copied = -1, code;

	if (pages < atomic_load(&journal->pages)) { /* it began anew */
		atomic_store(&journal->copied, 0);
		atomic_store(&journal->full, FULL_PAGES);
		atomic_store(&journal->near, false);
	}
	atomic_store(&journal->pages, pages);
	if (pages < atomic_load(&journal->full) ||
		(!atomic_load(&journal->near) && pages < MOST_PAGES))
		return SQLITE_OK;
	journal->waits = true;
	code = sqlite3_wal_checkpoint_v2(writer, name, SQLITE_CHECKPOINT_RESTART, &all, &copied);
	journal->waits = false;
	if (copied >= 0)
		atomic_store(&journal->copied, copied);
	if (code != SQLITE_OK)
		atomic_store(&journal->full, pages + FULL_PAGES);
	atomic_store(&journal->near, false);
	return SQLITE_OK;
}

int sqlite_journal_begin(struct sqlite_journal *journal, sqlite3 *writer, const char *path)
{
	/* sqlite_frames.h: what is not committed is not written */
	int code = sqlite3_exec(writer, "PRAGMA synchronous = NORMAL; PRAGMA cache_spill = OFF",
		NULL, NULL, NULL);

	journal->path = xasprintf("%s-wal", path);
	journal->fd = -1;
	atomic_store(&journal->full, FULL_PAGES);
	sqlite3_wal_hook(writer, on_commit, journal); /* in place of wal_autocheckpoint */
	return code;
}

void sqlite_journal_end(struct sqlite_journal *journal)
{
	if (!journal->path)
		return;
	sqlite3_close(journal->handle);
	if (journal->fd >= 0)
		close(journal->fd);
	free(journal->path);
}

bool sqlite_journal_sync(struct sqlite_journal *journal)
{
	if (journal->fd < 0)
		journal->fd = open(journal->path, O_RDWR | O_CLOEXEC);
	if (journal->fd < 0)
		return errno == ENOENT; /* nothing was ever committed */
	return fdatasync(journal->fd) == 0;
}

static bool connect_to(struct sqlite_journal *journal)
{
	char *path = xstrdup(journal->path);

	path[strlen(path) - strlen("-wal")] = '\0';
	if (sqlite3_open_v2(path, &journal->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK ||
		sqlite3_exec(journal->handle,
			"PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = NORMAL;"
			"PRAGMA cache_size = -64",
			NULL, NULL, NULL) != SQLITE_OK) {
		sqlite3_close(journal->handle);
		journal->handle = NULL;
	}
	free(path);
	return journal->handle != NULL;
}

/* An error is none: the writer does it when it must, and hears of it. */
void sqlite_journal_checkpoint(struct sqlite_journal *journal)
{
	int pages = atomic_load(&journal->pages), all = 0, copied = 0;
	bool full = pages >= atomic_load(&journal->full);

	if (atomic_load(&journal->near) ||
		(!full && pages - atomic_load(&journal->copied) < COPY_PAGES))
		return;
	if (!journal->handle && !connect_to(journal))
		return;
	if (sqlite3_wal_checkpoint_v2(journal->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &all,
		    &copied) != SQLITE_OK)
		return;
	atomic_store(&journal->copied, copied);
	atomic_store(&journal->near, full);
}
