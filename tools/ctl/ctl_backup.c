/* kabarctl backup: a consistent copy of the store while the gateway goes on, with its checksum
 * beside it; into a directory by date, where the oldest go. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gateway/os/clock.h"
#include "store/message/deadline.h"
#include "store/report/figures.h"
#include "tools/export/backup.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_store.h"

#define PREFIX    "kabar-"
#define SUFFIX    ".db"
#define KEEP_MOST 10000

static void note_backup(const struct ctl *ctl, const char *command, const char *path)
{
	struct arena *arena = arena_new();
	struct store *store;

	if (ctl_store_open(ctl, command, CTL_WRITE, &store))
		goto out;
	if (store_backup_note(store, clock_utc()) != OK ||
		store_audit_put(store, clock_utc(), ctl_actor(arena), "backup", path, NULL, NULL) !=
			OK)
		fprintf(stderr, "kabarctl %s: not noted: %s\n", command, store_detail(store));
	store_close(store);
out:
	arena_free(arena);
}

/* Somebody who watches sees how far it is. */
static int backup_to(const struct ctl *ctl, const char *command, const char *path)
{
	int error = backup_make(ctl, command, path, isatty(STDERR_FILENO));

	if (!error) /* the gateway's health watches how old the last one is */
		note_backup(ctl, command, path);
	return error ? 1 : 0;
}

static int is_backup(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return strncmp(entry->d_name, PREFIX, strlen(PREFIX)) == 0 &&
		length > strlen(PREFIX SUFFIX) &&
		strcmp(entry->d_name + length - strlen(SUFFIX), SUFFIX) == 0;
}

/* Their names are their times: all but the newest go. */
static int rotate(const char *directory, long keep)
{
	struct dirent **names;
	int count = scandir(directory, &names, is_backup, alphasort), failed = 0;

	if (count < 0) {
		fprintf(stderr, "kabarctl backup: %s: %s\n", directory, strerror(errno));
		return 1;
	}
	for (int i = 0; i < count; i++) {
		char *path = xasprintf("%s/%s", directory, names[i]->d_name);

		if (i < count - keep && unlink(path) != 0) {
			fprintf(stderr, "kabarctl backup: %s: %s\n", path, strerror(errno));
			failed = 1;
		}
		if (i < count - keep)
			backup_remove_beside(path);
		free(path);
		free(names[i]);
	}
	free(names);
	return failed;
}

static int backup_into(
	const struct ctl *ctl, const char *command, const char *directory, const char *keep)
{
	time_t now = (time_t)clock_utc();
	char name[64], *path, *end;
	long most = keep ? strtol(keep, &end, 10) : KEEP_MOST;
	struct tm utc;
	int status;

	if (keep && (*end || most < 1 || most > KEEP_MOST))
		return ctl_usage_error(command, "--keep takes 1 to %d", KEEP_MOST);
	gmtime_r(&now, &utc);
	strftime(name, sizeof(name), PREFIX "%Y%m%dT%H%M%SZ" SUFFIX, &utc);
	path = xasprintf("%s/%s", directory, name);
	status = backup_to(ctl, command, path);
	if (!status)
		puts(path);
	free(path);
	return status ? status : rotate(directory, most);
}

static int check_one(const struct ctl *ctl, const char *command, const char *path)
{
	struct backup_found found;
	int error = backup_check(ctl, command, path, &found);

	if (!error)
		printf("%s: whole: store %.8s, %lld reports, messages up to %lld\n", path, found.id,
			(long long)found.reports, (long long)found.last);
	return error ? 1 : 0;
}

int ctl_backup(struct ctl *ctl, int argc, char **argv)
{
	const char *into = NULL, *keep = NULL, *check = NULL;
	const struct ctl_option options[] = {{"into", &into, NULL}, {"keep", &keep, NULL},
		{"check", &check, NULL}, {NULL, NULL, NULL}};
	int first = ctl_options(argc, argv, options);

	if (first < 0)
		return 2;
	if (check && !into && !keep && first == argc)
		return check_one(ctl, argv[0], check);
	if (into && !check && first == argc)
		return backup_into(ctl, argv[0], into, keep);
	if (into || keep || check || argc - first != 1)
		return ctl_usage_error(argv[0], "give the file to write, or --into DIRECTORY");
	return backup_to(ctl, argv[0], argv[first]);
}
