/* A database as it is at one moment, page by page into another file. */
#ifndef STORE_SQLITE_SQLITE_COPY_H
#define STORE_SQLITE_SQLITE_COPY_H

struct sqlite3;

/* Writers go on meanwhile. gives_up is asked again and again. A code of SQLite: INTERRUPT when it
 * gave up. */
int sqlite_copy_pages(
	struct sqlite3 *from, const char *path, int (*gives_up)(void *context), void *context);

#endif
