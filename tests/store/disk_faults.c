/* Replaces writing and syncing for this program. See disk_faults.h. */
#include "tests/store/disk_faults.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct disk_faults disk_faults;

static void copy_file(const char *from, const char *to)
{
	static char part[65536];
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	ssize_t have;

	if (in < 0)
		return;
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	while (out >= 0 && (have = read(in, part, sizeof(part))) > 0) {
		if (write(out, part, (size_t)have) != have)
			abort();
	}
	close(in);
	close(out);
}

/* The copy is made by a child: opening and closing the file here would drop SQLite's locks. */
static void remember(int fd)
{
	char link[64], path[256], durable[300], command[700];
	ssize_t length;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof(path) - 1);
	if (length < 0)
		return;
	path[length] = '\0';
	snprintf(durable, sizeof(durable), "%s.durable", path);
	snprintf(command, sizeof(command), "cp %s %s", path, durable);
	if (path[0] == '/' && strstr(path, ".db") && system(command) != 0)
		abort();
}

static int sync_file(int fd, long number)
{
	if (disk_faults.sync_errno) {
		errno = disk_faults.sync_errno;
		return -1;
	}
	if (disk_faults.lying_sync)
		return 0;
	if (disk_faults.track)
		remember(fd);
	return (int)syscall(number, fd);
}

int fdatasync(int fd)
{
	return sync_file(fd, SYS_fdatasync);
}

int fsync(int fd)
{
	return sync_file(fd, SYS_fsync);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at)
{
	if (disk_faults.write_errno) {
		errno = disk_faults.write_errno;
		return -1;
	}
	return syscall(SYS_pwrite64, fd, data, length, at);
}

void faults_power_cut(const char *from, const char *to, const char *name)
{
	static const char *const ends[] = {"", "-wal", "-journal"};
	char source[300], target[300], live[300];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		snprintf(source, sizeof(source), "%s/%s%s.durable", from, name, ends[i]);
		snprintf(target, sizeof(target), "%s/%s%s", to, name, ends[i]);
		unlink(target);
		/* A journal that was deleted (and its directory synced) is not there any more. */
		snprintf(live, sizeof(live), "%s/%s%s", from, name, ends[i]);
		if (access(live, F_OK) == 0)
			copy_file(source, target);
	}
	snprintf(target, sizeof(target), "%s/%s-shm", to, name);
	unlink(target);
}
