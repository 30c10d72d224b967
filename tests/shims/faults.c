/* Preloaded into a program under test: a disk that fails or is slow, a wall clock that jumps, as
 * the file named by KABAR_FAULTS says at this moment: lines NAME=NUMBER.
 *
 *     sync_errno, sync_ms     fsync and fdatasync fail so, or take so long
 *     write_errno, write_ms   pwrite (what SQLite writes with)
 *     read_errno              pread
 *     wall                    seconds that the wall clock is away from the true one
 *
 * The file is looked at again after ten milliseconds at the earliest.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum fault { SYNC_ERRNO, SYNC_MS, WRITE_ERRNO, WRITE_MS, READ_ERRNO, WALL, FAULTS };
static const char *const names[FAULTS] = {
	"sync_errno", "sync_ms", "write_errno", "write_ms", "read_errno", "wall"};
static _Atomic int64_t values[FAULTS], looked;

static int64_t monotonic(void)
{
	struct timespec now;

	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* With system calls alone: what is called here may be replaced by us. */
static void look(void)
{
	const char *path = getenv("KABAR_FAULTS");
	int64_t now = monotonic();
	char text[512] = "";
	int fd;

	if (path == NULL || now - atomic_load(&looked) < 10)
		return;
	atomic_store(&looked, now);
	fd = (int)syscall(SYS_openat, -100, path, 0, 0);
	if (fd >= 0) {
		long got = syscall(SYS_read, fd, text, sizeof(text) - 1);

		text[got > 0 ? got : 0] = '\0';
		syscall(SYS_close, fd);
	}
	for (int i = 0; i < FAULTS; i++) {
		size_t length = strlen(names[i]);
		int64_t value = 0;

		for (const char *at = text; (at = strstr(at, names[i])) != NULL; at += length) {
			if ((at == text || at[-1] == '\n') && at[length] == '=')
				value = strtoll(at + length + 1, NULL, 10);
		}
		atomic_store(&values[i], value);
	}
}

static int64_t fault(enum fault which)
{
	look();
	return atomic_load(&values[which]);
}

static void rest(int64_t milliseconds)
{
	struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};

	if (milliseconds > 0)
		syscall(SYS_nanosleep, &pause, NULL);
}

static int sync_with(const char *name, int fd)
{
	int (*next)(int);

	rest(fault(SYNC_MS));
	if (fault(SYNC_ERRNO)) {
		errno = (int)fault(SYNC_ERRNO);
		return -1;
	}
	*(void **)&next = dlsym(RTLD_NEXT, name);
	return next(fd);
}

int fdatasync(int fd)
{
	return sync_with("fdatasync", fd);
}

int fsync(int fd)
{
	return sync_with("fsync", fd);
}

static ssize_t write_at(int fd, const void *octets, size_t length, off64_t offset)
{
	rest(fault(WRITE_MS));
	if (fault(WRITE_ERRNO)) {
		errno = (int)fault(WRITE_ERRNO);
		return -1;
	}
	return syscall(SYS_pwrite64, fd, octets, length, offset);
}

ssize_t pwrite(int fd, const void *octets, size_t length, off_t offset)
{
	return write_at(fd, octets, length, offset);
}

ssize_t pwrite64(int fd, const void *octets, size_t length, off64_t offset)
{
	return write_at(fd, octets, length, offset);
}

static ssize_t read_at(int fd, void *octets, size_t length, off64_t offset)
{
	if (fault(READ_ERRNO)) {
		errno = (int)fault(READ_ERRNO);
		return -1;
	}
	return syscall(SYS_pread64, fd, octets, length, offset);
}

ssize_t pread(int fd, void *octets, size_t length, off_t offset)
{
	return read_at(fd, octets, length, offset);
}

ssize_t pread64(int fd, void *octets, size_t length, off64_t offset)
{
	return read_at(fd, octets, length, offset);
}

int clock_gettime(clockid_t id, struct timespec *out)
{
	int result = (int)syscall(SYS_clock_gettime, id, out);

	if (result == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
		out->tv_sec += (time_t)fault(WALL);
	return result;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
	struct timespec now;

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &now);
	out->tv_sec = now.tv_sec;
	out->tv_usec = now.tv_nsec / 1000;
	return 0;
}

time_t time(time_t *out)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (out != NULL)
		*out = now.tv_sec;
	return now.tv_sec;
}
