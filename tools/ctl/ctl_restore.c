/* kabarctl restore: a backup in the place of the store. What stood there is put aside, never
 * removed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gateway/os/clock.h"
#include "gateway/os/crash.h"
#include "gateway/os/identity.h"
#include "store/message/deadline.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_store.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/export/backup.h"

static const char *const beside[] = {"", "-wal", "-shm"};

static int copy_file(const char *from, const char *to)
{
	char part[65536];
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	ssize_t got = in < 0 || out < 0 ? -1 : 1;

	while (got > 0) {
		got = read(in, part, sizeof(part));
		if (got > 0 && write(out, part, (size_t)got) != got)
			got = -1;
	}
	if (got == 0 && fsync(out) != 0)
		got = -1;
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return got < 0 ? ERR_SYSTEM : OK;
}

/* kabar.db, its journal and its index go together: kabar.db.before-20240815T100000Z. */
static int put_aside(const char *path, char **aside)
{
	time_t now = (time_t)clock_utc();
	char stamp[32];
	struct tm utc;
	int error = OK;

	gmtime_r(&now, &utc);
	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &utc);
	*aside = xasprintf("%s.before-%s", path, stamp);
	for (size_t i = COUNT_OF(beside); !error && i-- > 0;) {
		char *from = xasprintf("%s%s", path, beside[i]);
		char *to = xasprintf("%s%s", *aside, beside[i]);

		if (access(to, F_OK) == 0)
			error = ERR_EXISTS;
		else if (rename(from, to) != 0 && errno != ENOENT)
			error = ERR_SYSTEM;
		free(from);
		free(to);
	}
	return error;
}

static int swap(const char *file, const char *path, char **aside)
{
	char *fresh = xasprintf("%s.restoring", path);
	int error;

	(void)unlink(fresh); /* of a restore that was killed */
	error = copy_file(file, fresh);
	if (!error)
		error = put_aside(path, aside);
	if (!error && rename(fresh, path) != 0)
		error = ERR_SYSTEM;
	if (error)
		(void)unlink(fresh);
	free(fresh);
	return error;
}

/* From now on this is the store that kabard knows, and the trail says who brought it back. */
static int accept(const struct ctl *ctl, const char *command, const char *path, const char *file)
{
	struct arena *arena = arena_new();
	struct store *store;
	int error = ctl_store_open(ctl, command, CTL_WRITE, &store);

	if (!error) {
		error = identity_accept(store, path);
		if (!error)
			error = store_audit_put(
				store, clock_utc(), ctl_actor(arena), "restore", file, NULL, NULL);
		if (error)
			fprintf(stderr, "kabarctl %s: %s: %s\n", command, error_text(error),
				store_detail(store));
		store_close(store);
	}
	arena_free(arena);
	return error;
}

/* A running kabard holds this lock; so do we while files change their places. */
static int lock(const char *command, const char *path, struct crash **out)
{
	char *name = xasprintf("%s.crash", path);
	int error = crash_open(out, name);

	if (error == ERR_EXISTS)
		fprintf(stderr, "kabarctl %s: kabard runs: systemctl stop kabard first\n", command);
	else if (error)
		fprintf(stderr, "kabarctl %s: %s: %s\n", command, name, strerror(errno));
	free(name);
	return error;
}

static int restore(const struct ctl *ctl, const char *command, const char *file, const char *path)
{
	struct crash *crash;
	char *aside = NULL;
	int error = lock(command, path, &crash);

	if (error)
		return error;
	error = swap(file, path, &aside);
	crash_close(crash);
	if (error)
		fprintf(stderr, "kabarctl %s: %s: %s\n", command, path,
			error == ERR_EXISTS ? "something stands where it is put aside"
					    : strerror(errno));
	else
		error = accept(ctl, command, path, file);
	if (!error && access(aside, F_OK) == 0)
		printf("what was there is in %s; remove it when all is right\n", aside);
	free(aside);
	return error;
}

/* What would be lost is said before anything is touched. */
static bool is_meant(
	const char *command, const char *path, const struct backup_found *found, bool yes)
{
	if (yes || access(path, F_OK) != 0)
		return true;
	fprintf(stderr,
		"kabarctl %s: %s is there and would be put aside. The backup ends with message "
		"%lld: what came later is not in it. If that is right add --yes\n",
		command, path, (long long)found->last);
	return false;
}

int ctl_restore(struct ctl *ctl, int argc, char **argv)
{
	bool yes = false, check = false;
	const struct ctl_option options[] = {{"check", NULL, &check}, {"yes", NULL, &yes}, {0}};
	int first = ctl_options(argc, argv, options);
	struct backup_found found;
	char path[4096];

	if (first < 0)
		return 2;
	if (argc - first != 1 || (check && yes))
		return ctl_usage_error(argv[0], "give [--check] and the file of a backup");
	if (!ctl_store_is_file(ctl)) {
		fprintf(stderr,
			"kabarctl %s: a store of PostgreSQL is brought back by pg_restore (see "
			"kabarctl(1))\n",
			argv[0]);
		return 1;
	}
	if (backup_check(ctl, argv[0], argv[first], &found))
		return 1;
	printf("%s: whole: store %.8s, %lld reports, messages up to %lld\n", argv[first], found.id,
		(long long)found.reports, (long long)found.last);
	if (check)
		return 0;
	if (ctl_store_path(ctl, argv[0], path, sizeof(path)) ||
		!is_meant(argv[0], path, &found, yes) || restore(ctl, argv[0], argv[first], path))
		return 1;
	printf("restored to %s: systemctl start kabard\n", path);
	return 0;
}
