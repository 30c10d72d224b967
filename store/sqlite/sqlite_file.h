/* The file of the SQLite store: made before SQLite does, never made anew, never opened when it is
 * there.
 */
#ifndef STORE_SQLITE_SQLITE_FILE_H
#define STORE_SQLITE_SQLITE_FILE_H

#include "parsers/text/error.h"
#include "store/driver/driver.h"

#define FILE_MODE 0640

/* On an error detail (DETAIL_SIZE) says why. */
int sqlite_file_create(const struct store_options *options, char *detail) MUST_CHECK;
/* PATH.partial, empty and locked: what a killed backup left behind is written over, one that runs
 * holds the lock (ERR_EXISTS). */
int sqlite_file_partial(const char *path, char **partial, int *fd, char *detail) MUST_CHECK;
/* The directory of a path, so that it remembers a new file; 0 or -1. */
int sqlite_file_sync_directory(const char *path) MUST_CHECK;

#endif
