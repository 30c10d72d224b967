/* Making and proving backups: see backup.h. */
#include "tools/export/backup.h"

#include <errno.h>
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gateway/os/clock.h"
#include "store/report/counts.h"
#include "tools/common/ctl_store.h"
#include "tools/export/ctl_checksum.h"

#define MANIFEST_SUFFIX ".manifest"
#define LOOK_MS         200

/* The copy grows under the name FILE.partial: that is looked at from beside. */
struct progress {
	char *partial;
	int64_t whole; /* octets */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool done;
};

static int64_t octets_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

static void draw(int64_t done, int64_t whole)
{
	int percent = whole > 0 ? (int)(done * 100 / whole) : 100, filled;

	percent = percent > 100 ? 100 : percent;
	filled = percent / 4;
	fprintf(stderr, "\rbackup [%.*s%.*s] %3d %% of %lld MB", filled,
		"#########################", 25 - filled, ".........................", percent,
		(long long)whole >> 20);
}

static void *watch(void *context)
{
	struct progress *progress = context;
	struct timespec until;

	pthread_mutex_lock(&progress->lock);
	while (!progress->done) {
		draw(octets_of(progress->partial), progress->whole);
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += LOOK_MS * 1000000;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&progress->ended, &progress->lock, &until);
	}
	pthread_mutex_unlock(&progress->lock);
	return NULL;
}

static void progress_start(struct progress *progress, const struct ctl *ctl, const char *path)
{
	char store[4096];

	*progress = (struct progress){.partial = xasprintf("%s.partial", path),
		.whole = ctl_store_path(ctl, "backup", store, sizeof(store)) ? 0 : octets_of(store),
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.ended = PTHREAD_COND_INITIALIZER};
	if (pthread_create(&progress->thread, NULL, watch, progress) != 0)
		progress->done = true;
}

static void progress_end(struct progress *progress, bool good)
{
	bool started = !progress->done;

	pthread_mutex_lock(&progress->lock);
	progress->done = true;
	pthread_cond_signal(&progress->ended);
	pthread_mutex_unlock(&progress->lock);
	if (started)
		pthread_join(progress->thread, NULL);
	if (good)
		draw(progress->whole, progress->whole);
	fputc('\n', stderr);
	free(progress->partial);
}

/* A copy opened to be read leaves an empty journal and its index behind. */
static void tidy(const char *path)
{
	char *wal = xasprintf("%s-wal", path), *index = xasprintf("%s-shm", path);

	if (octets_of(wal) == 0) {
		(void)unlink(wal);
		(void)unlink(index);
	}
	free(wal);
	free(index);
}

/* What there is in the file itself. */
static json_t *look_into(const struct ctl *ctl, const char *command, const char *path)
{
	int64_t counts[STORE_COUNTED], last = 0;
	char id[STORE_ID] = "";
	struct store *store;
	json_t *rows = NULL, *out = NULL;
	int error = ctl_store_open_file(ctl, command, path, &store);

	if (error)
		return NULL;
	error = store_integrity(store);
	if (!error)
		error = store_id(store, id, &last);
	if (!error)
		error = store_counts(store, counts);
	if (error) {
		fprintf(stderr, "kabarctl %s: %s: %s: %s\n", command, path, error_text(error),
			store_detail(store));
	} else {
		rows = json_object();
		for (size_t i = 0; i < STORE_COUNTED; i++)
			json_object_set_new(rows, store_counted(i), json_integer(counts[i]));
		out = json_pack("{s:s, s:I, s:I, s:o}", "store", id, "last_message",
			(json_int_t)last, "octets", (json_int_t)octets_of(path), "rows", rows);
	}
	store_close(store);
	tidy(path);
	return out;
}

static int manifest_write(const struct ctl *ctl, const char *command, const char *path)
{
	char *name = xasprintf("%s" MANIFEST_SUFFIX, path), sum[CHECKSUM_TEXT] = "";
	/* A dump of PostgreSQL is proven by pg_restore --list, its rows by a restore beside it. */
	json_t *manifest =
		ctl_store_is_file(ctl) ? look_into(ctl, command, path) : json_object();
	int error = manifest ? checksum_of(path, sum) : ERR_STATE;

	if (!error) {
		json_object_set_new(manifest, "made", json_integer(clock_utc()));
		json_object_set_new(manifest, "version", json_string(PACKAGE_VERSION));
		json_object_set_new(manifest, "sha256", json_string(sum));
		if (json_dump_file(manifest, name, JSON_INDENT(1) | JSON_PRESERVE_ORDER) != 0)
			error = ERR_SYSTEM;
	}
	if (error == ERR_SYSTEM)
		fprintf(stderr, "kabarctl %s: %s: %s\n", command, name, strerror(errno));
	json_decref(manifest);
	free(name);
	return error;
}

int backup_make(const struct ctl *ctl, const char *command, const char *path, bool progress)
{
	struct progress shown;
	struct store *store;
	int error = ctl_store_open(ctl, command, CTL_READ, &store);

	if (error)
		return error;
	if (progress)
		progress_start(&shown, ctl, path);
	error = store_backup(store, path);
	if (progress)
		progress_end(&shown, error == OK);
	if (error)
		fprintf(stderr, "kabarctl %s: %s: %s\n", command, error_text(error),
			store_detail(store));
	store_close(store);
	if (!error && checksum_write(path) != OK) {
		fprintf(stderr, "kabarctl %s: %s" CHECKSUM_SUFFIX ": %s\n", command, path,
			strerror(errno));
		error = ERR_SYSTEM;
	}
	return error ? error : manifest_write(ctl, command, path);
}

static int checksum_right(const char *command, const char *path)
{
	int error = checksum_check(path);

	if (error == ERR_NOT_FOUND)
		fprintf(stderr, "kabarctl %s: %s" CHECKSUM_SUFFIX " is missing\n", command, path);
	else if (error == ERR_STATE)
		fprintf(stderr, "kabarctl %s: %s is not what was written\n", command, path);
	else if (error)
		fprintf(stderr, "kabarctl %s: %s: %s\n", command, path, strerror(errno));
	return error;
}

/* The rows that are there against those that were. */
static int compare(const char *command, const char *path, json_t *manifest, json_t *found)
{
	const char *table;
	json_t *count;
	int wrong = 0;

	json_object_foreach(json_object_get(manifest, "rows"), table, count)
	{
		json_t *now = json_object_get(json_object_get(found, "rows"), table);

		if (json_equal(now, count))
			continue;
		fprintf(stderr, "kabarctl %s: %s: table %s has %lld rows, its manifest says %lld\n",
			command, path, table, (long long)json_integer_value(now),
			(long long)json_integer_value(count));
		wrong++;
	}
	if (!json_equal(json_object_get(manifest, "store"), json_object_get(found, "store"))) {
		fprintf(stderr, "kabarctl %s: %s: the manifest is of another store\n", command,
			path);
		wrong++;
	}
	return wrong ? ERR_STATE : OK;
}

int backup_check(
	const struct ctl *ctl, const char *command, const char *path, struct backup_found *found)
{
	char *name = xasprintf("%s" MANIFEST_SUFFIX, path);
	json_t *manifest = NULL, *there = NULL;
	bool file = ctl_store_is_file(ctl);
	int error = checksum_right(command, path);

	*found = (struct backup_found){0};
	if (!error && file) {
		manifest = json_load_file(name, 0, NULL);
		there = look_into(ctl, command, path);
		error = there ? OK : ERR_STATE;
	}
	if (!error && file && !manifest)
		fprintf(stderr, "kabarctl %s: %s cannot be read: rows were not compared\n", command,
			name);
	if (!error && manifest)
		error = compare(command, path, manifest, there);
	if (there) {
		json_t *rows = json_object_get(there, "rows");

		copy_string(found->id, sizeof(found->id),
			json_string_value(json_object_get(there, "store")));
		found->last = json_integer_value(json_object_get(there, "last_message"));
		found->octets = json_integer_value(json_object_get(there, "octets"));
		found->reports = json_integer_value(json_object_get(rows, "reports"));
		found->made = json_integer_value(json_object_get(manifest, "made"));
	}
	json_decref(manifest);
	json_decref(there);
	free(name);
	return error;
}

void backup_remove_beside(const char *path)
{
	static const char *const suffixes[] = {CHECKSUM_SUFFIX, MANIFEST_SUFFIX, "-shm", "-wal"};

	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char *beside = xasprintf("%s%s", path, suffixes[i]);

		(void)unlink(beside);
		free(beside);
	}
}
