/* Copies a database: see sqlite_copy.h. */
#include "store/sqlite/sqlite_copy.h"

#include <sqlite3.h>
#include <stddef.h>

#define COPY_PAGES 1000

/* All pages in one read transaction: writers go on, the copy is of one moment. */
static int copy_all(sqlite3 *from, sqlite3 *copy, int (*gives_up)(void *), void *context)
{
	sqlite3_backup *backup = sqlite3_backup_init(copy, "main", from, "main");
	int code, end;

	if (!backup)
		return sqlite3_errcode(copy);
	code = sqlite3_exec(from, "BEGIN; SELECT 1 FROM sqlite_master", NULL, NULL, NULL);
	while (code == SQLITE_OK)
		code = gives_up(context) ? SQLITE_INTERRUPT
					 : sqlite3_backup_step(backup, COPY_PAGES);
	end = sqlite3_backup_finish(backup);
	(void)sqlite3_exec(from, "ROLLBACK", NULL, NULL, NULL);
	return code == SQLITE_DONE ? end : code;
}

int sqlite_copy_pages(
	struct sqlite3 *from, const char *path, int (*gives_up)(void *), void *context)
{
	sqlite3 *copy = NULL;
	int code = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE, NULL);

	if (code == SQLITE_OK)
		code = copy_all(from, copy, gives_up, context);
	sqlite3_close(copy);
	return code;
}
