/* The file of the SQLite store before SQLite sees it: see sqlite_file.h. */
#include "store/sqlite/sqlite_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parsers/text/util.h"

/* The directory must remember the new file too. */
int sqlite_file_sync_directory(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd < 0 ? -1 : fsync(fd);

	if (fd >= 0)
		close(fd);
	free(copy);
	return result;
}

/* A journal beside a missing or empty database is all that is left: SQLite would discard it. */
static bool has_remains(const char *path)
{
	char *wal = xasprintf("%s-wal", path);
	struct stat info;
	bool remains = stat(wal, &info) == 0 && info.st_size > 0;

	free(wal);
	return remains && (stat(path, &info) != 0 || info.st_size == 0);
}

/* Makes the file before SQLite does, for its mode. Never opens one that is there: closing it would
 * drop the locks of another connection of this process. */
int sqlite_file_create(const struct store_options *options, char *detail)
{
	struct stat info;
	int fd;

	if (has_remains(options->path)) {
		snprintf(detail, DETAIL_SIZE, "%s is missing, its -wal is not", options->path);
		return ERR_STORE_IO;
	}
	if (options->must_exist && (stat(options->path, &info) != 0 || info.st_size == 0)) {
		snprintf(detail, DETAIL_SIZE,
			"%s is missing or empty. Is its disk mounted? "
			"A new store is made by: kabarctl store init",
			options->path);
		return ERR_NOT_FOUND;
	}
	if (options->read_only || options->must_exist)
		return OK;
	fd = open(options->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	if (fd < 0 && errno == EEXIST)
		return OK;
	if (fd < 0 || fsync(fd) != 0 || sqlite_file_sync_directory(options->path) != 0) {
		snprintf(detail, DETAIL_SIZE, "cannot create %s: %s", options->path,
			strerror(errno));
		if (fd >= 0)
			close(fd);
		return errno == ENOSPC || errno == EDQUOT ? ERR_STORE_FULL : ERR_STORE_IO;
	}
	close(fd);
	return OK;
}

int sqlite_file_partial(const char *path, char **partial, int *fd, char *detail)
{
	int error = OK;

	*partial = xasprintf("%s.partial", path);
	*fd = open(*partial, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);
	if (*fd < 0 || flock(*fd, LOCK_EX | LOCK_NB) != 0 || ftruncate(*fd, 0) != 0) {
		error = *fd >= 0 && errno == EWOULDBLOCK ? ERR_EXISTS : ERR_SYSTEM;
		snprintf(detail, DETAIL_SIZE, "cannot write %s: %s", *partial,
			error == ERR_EXISTS ? "another backup does" : strerror(errno));
		if (*fd >= 0)
			close(*fd);
		free(*partial);
	}
	return error;
}
