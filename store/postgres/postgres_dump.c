/* A backup of PostgreSQL: pg_dump's custom format, whole under its name or not there at all.
 *
 * The password goes through the environment of the child: what stands on a command line can be read
 * by everybody on the machine.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/postgres/postgres.h"

#define FILE_MODE 0640

/* In the child: only what may be called between fork and exec. */
static void dump(const char *where, const char *schema, int out)
{
	const char *arguments[10] = {"pg_dump", "--format=custom", "--no-password",
		"--no-owner", "--dbname", where};
	int count = 6;

	if (schema) {
		arguments[count++] = "--schema";
		arguments[count++] = schema;
	}
	if (dup2(out, STDOUT_FILENO) < 0)
		_exit(126);
	execvp(arguments[0], (char *const *)arguments);
	_exit(127);
}

static int run_dump(const char *where, const char *password, const char *schema, int out,
	char *detail)
{
	int status = 0;
	pid_t child;

	if (password)
		setenv("PGPASSWORD", password, 1);
	child = fork();
	if (child == 0)
		dump(where, schema, out);
	if (password)
		unsetenv("PGPASSWORD");
	if (child < 0 || waitpid(child, &status, 0) != child) {
		snprintf(detail, DETAIL_SIZE, "pg_dump: %s", strerror(errno));
		return ERR_SYSTEM;
	}
	if (status == 0)
		return OK;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		snprintf(detail, DETAIL_SIZE,
			"pg_dump is not there (Debian: postgresql-client)");
	else
		snprintf(detail, DETAIL_SIZE, "pg_dump failed (status %d)", status);
	return ERR_SYSTEM;
}

static int sync_all(int fd, const char *path)
{
	char *copy = xstrdup(path);
	int directory = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int error = fsync(fd) == 0 && directory >= 0 && fsync(directory) == 0 ? OK : ERR_SYSTEM;

	if (directory >= 0)
		close(directory);
	free(copy);
	return error;
}

int postgres_dump(const char *where, const char *password, const char *schema, const char *path,
	char *detail)
{
	char *partial = xasprintf("%s.partial", path);
	int error = ERR_SYSTEM, fd = open(partial, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);

	/* What a killed backup left behind is written over; one that runs holds the lock. */
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0 || ftruncate(fd, 0) != 0) {
		error = fd >= 0 && errno == EWOULDBLOCK ? ERR_EXISTS : ERR_SYSTEM;
		snprintf(detail, DETAIL_SIZE, "cannot write %s: %s", partial,
			error == ERR_EXISTS ? "another backup does" : strerror(errno));
		if (fd >= 0)
			close(fd);
		free(partial);
		return error;
	}
	error = run_dump(where, password, schema, fd, detail);
	/* link(2), not rename(2): it never replaces a file that is there. */
	if (!error && link(partial, path) != 0) {
		error = errno == EEXIST ? ERR_EXISTS : ERR_SYSTEM;
		snprintf(detail, DETAIL_SIZE, "cannot name it %s: %s", path, strerror(errno));
	}
	if (!error)
		error = sync_all(fd, path);
	unlink(partial);
	close(fd);
	free(partial);
	return error;
}
