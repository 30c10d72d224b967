/* Preloaded into a program under test: a disk whose syncs fail with EIO as soon as the file named
 * by KABAR_EIO exists. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int sync_with(const char *name, int fd)
{
	const char *sign = getenv("KABAR_EIO");
	int (*next)(int);

	if (sign != NULL && access(sign, F_OK) == 0) {
		errno = EIO;
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
