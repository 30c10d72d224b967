/* What a commit promises: nothing that was acknowledged is lost to a killed process or a lost power
 * supply, and nothing is acknowledged on a full or broken disk. Each proof has a control that must
 * lose data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/driver/driver.h"
#include "store/report/report.h"
#include "tests/store/disk_faults.h"

#define ROWS           10 /* reports of a batch */
#define ok(expression) assert_int_equal((expression), OK)

struct place {
	char directory[128], path[160];
	struct store_options options;
};

static int setup(void **state)
{
	struct place *place = xcalloc(1, sizeof(*place));

	disk_faults = (struct disk_faults){0};
	snprintf(place->directory, sizeof(place->directory), "%.90s/kabar-durability-XXXXXX",
		getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	assert_non_null(mkdtemp(place->directory));
	snprintf(place->path, sizeof(place->path), "%s/kabar.db", place->directory);
	place->options = (struct store_options){.path = place->path, .busy_ms = 50};
	*state = place;
	return 0;
}

/* As kabard has it: a commit is durable when another thread has synced. */
static int setup_later(void **state)
{
	int failed = setup(state);
	struct place *place = *state;

	place->options.sync_later = true;
	return failed;
}

static int teardown(void **state)
{
	struct place *place = *state;
	DIR *directory = opendir(place->directory);
	struct dirent *entry;

	disk_faults = (struct disk_faults){0};
	while (directory && (entry = readdir(directory)))
		(void)unlinkat(dirfd(directory), entry->d_name, 0);
	if (directory)
		closedir(directory);
	rmdir(place->directory);
	free(place);
	return 0;
}

static struct store *open_store(const struct place *place)
{
	struct store *store;
	char detail[256];

	if (store_open(&store, &place->options, detail))
		fail_msg("%s", detail);
	return store;
}

static int put_rows(struct store *store, int batch, const char *fields)
{
	int error = OK;

	for (int i = 0; !error && i < ROWS; i++) {
		char ref[32];
		struct report_row row = {.ref = ref,
			.kabupaten = "35.03",
			.form = "lahir",
			.status = "accepted",
			.fields = fields,
			.received = batch};

		snprintf(ref, sizeof(ref), "L%d-%d", batch, i);
		error = store_report_put(store, &row);
	}
	return error;
}

static int commit(struct store *store)
{
	int error = store_batch_commit(store);

	if (!error)
		error = store_sync(store);
	if (!error)
		store_relieve(store);
	return error;
}

static int put_batch(struct store *store, int batch, const char *fields)
{
	int error = store_batch_begin(store);

	if (!error)
		error = put_rows(store, batch, fields);
	if (!error)
		return commit(store);
	store_batch_rollback(store);
	return error;
}

static size_t count_batch(struct store *store, int batch)
{
	struct report_filter filter = {.received_from = batch, .received_to = batch};
	struct arena *arena = arena_new();
	struct report_row rows[ROWS + 1];
	size_t count;

	ok(store_report_find(store, arena, &filter, rows, ROWS + 1, &count));
	arena_free(arena);
	return count;
}

/* How many of the batches 1..last are not there; part of a batch is never there. */
static int count_lost(const struct place *place, int last)
{
	struct store *store = open_store(place);
	int lost = 0;

	for (int batch = 1; batch <= last; batch++) {
		size_t count = count_batch(store, batch);

		assert_true(count == 0 || count == ROWS);
		lost += count == 0;
	}
	store_close(store);
	return lost;
}

/* The child acknowledges each batch on the pipe: after its commit, or (the control) before it. */
static void child_run(const struct place *place, int ack, int go, bool early)
{
	struct store *store;
	char token;

	if (store_open(&store, &place->options, NULL))
		_exit(1);
	for (int batch = 1;; batch++) {
		if (store_batch_begin(store) || put_rows(store, batch, NULL))
			_exit(1);
		if (!early && commit(store))
			_exit(1);
		if (write(ack, "!", 1) != 1 || read(go, &token, 1) != 1)
			_exit(1);
		if (early && commit(store))
			_exit(1);
	}
}

static int kill_after(const struct place *place, int batches, bool early)
{
	int ack[2], go[2], status, seen = 0;
	char token;
	pid_t child;

	assert_int_equal(pipe(ack), 0);
	assert_int_equal(pipe(go), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ack[0]);
		close(go[1]);
		child_run(place, ack[1], go[0], early);
	}
	close(ack[1]);
	close(go[0]);
	while (seen < batches && read(ack[0], &token, 1) == 1) {
		seen++;
		if (seen < batches)
			assert_int_equal(write(go[1], "!", 1), 1);
	}
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	assert_true(WIFSIGNALED(status));
	close(ack[0]);
	close(go[1]);
	assert_int_equal(seen, batches);
	return count_lost(place, batches);
}

static void test_kill_loses_nothing_acknowledged(void **state)
{
	struct place *place = *state;

	assert_int_equal(kill_after(place, 37, false), 0);
}

static void test_control_acknowledging_early_loses(void **state)
{
	struct place *place = *state;

	assert_int_equal(kill_after(place, 37, true), 1);
}

#define POWER_BATCHES 48

/* Rows large enough that the journal is moved into the database in between. */
static char *large_fields(void)
{
	char *fields = xcalloc(1, 30001);

	memset(fields, 'x', 30000);
	return fields;
}

/* Cuts the power after every sixth batch and counts what the disk does not have. */
static int power_cuts(struct place *place, bool lying)
{
	struct place after = {.options = place->options};
	char *fields = large_fields();
	struct store *store;
	int lost = 0;

	disk_faults.track = true;
	store = open_store(place);
	ok(put_batch(store, 1, fields));
	disk_faults.lying_sync = lying;
	snprintf(after.directory, sizeof(after.directory), "%.90s/kabar-after-XXXXXX",
		getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	assert_non_null(mkdtemp(after.directory));
	snprintf(after.path, sizeof(after.path), "%s/kabar.db", after.directory);
	after.options.path = after.path;
	for (int batch = 2; batch <= POWER_BATCHES; batch++) {
		ok(put_batch(store, batch, fields));
		if (batch % 6)
			continue;
		faults_power_cut(place->directory, after.directory, "kabar.db");
		disk_faults.track = false;
		lost += count_lost(&after, batch);
		disk_faults.track = true;
	}
	store_close(store);
	unlink(after.path);
	rmdir(after.directory);
	free(fields);
	return lost;
}

static void test_power_cut_loses_nothing_acknowledged(void **state)
{
	assert_int_equal(power_cuts(*state, false), 0);
}

static void test_control_without_sync_loses(void **state)
{
	assert_true(power_cuts(*state, true) > POWER_BATCHES / 2);
}

static void test_full_disk_refuses_and_resumes(void **state)
{
	struct store *store = open_store(*state);

	ok(put_batch(store, 1, NULL));
	disk_faults.write_errno = ENOSPC;
	assert_int_equal(put_batch(store, 2, NULL), ERR_STORE_FULL);
	assert_int_equal(put_batch(store, 3, NULL), ERR_STORE_FULL);
	assert_int_equal(count_batch(store, 1), ROWS);
	disk_faults.write_errno = 0;
	ok(put_batch(store, 4, NULL));
	assert_int_equal(count_batch(store, 2), 0);
	assert_int_equal(count_batch(store, 3), 0);
	store_close(store);
	assert_int_equal(count_lost(*state, 1), 0);
}

static void io_error_is_for_good(struct place *place, int *fault)
{
	struct store *store = open_store(place);
	int64_t version;

	ok(put_batch(store, 1, NULL));
	*fault = EIO;
	assert_int_equal(put_batch(store, 2, NULL), ERR_STORE_IO);
	assert_string_not_equal(store_detail(store), "");
	*fault = 0;
	assert_int_equal(put_batch(store, 3, NULL), ERR_STORE_IO);
	assert_int_equal(put_rows(store, 3, NULL), ERR_STORE_IO);
	assert_int_equal(store_version(store, &version), ERR_STORE_IO);
	store_close(store);
	assert_int_equal(count_lost(place, 1), 0);
}

static void test_failed_write_is_for_good(void **state)
{
	io_error_is_for_good(*state, &disk_faults.write_errno);
}

static void test_failed_sync_is_for_good(void **state)
{
	io_error_is_for_good(*state, &disk_faults.sync_errno);
}

static void scribble(const char *path, off_t from, size_t length)
{
	int fd = open(path, O_WRONLY);
	char *noise = xcalloc(1, length);

	memset(noise, 0xa5, length);
	assert_true(fd >= 0);
	assert_int_equal(lseek(fd, from, SEEK_SET), from);
	assert_int_equal(write(fd, noise, length), length);
	close(fd);
	free(noise);
}

static void make_store(struct place *place)
{
	struct store *store = open_store(place);

	for (int batch = 1; batch <= 20; batch++)
		ok(put_batch(store, batch, NULL));
	store_close(store);
}

static void test_no_database_is_refused_and_kept(void **state)
{
	struct place *place = *state;
	struct store *store;
	struct stat before, after;
	char detail[256] = "";

	make_store(place);
	scribble(place->path, 0, 4096);
	assert_int_equal(stat(place->path, &before), 0);
	assert_int_equal(store_open(&store, &place->options, detail), ERR_STORE_IO);
	assert_null(store);
	assert_string_not_equal(detail, "");
	assert_int_equal(stat(place->path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(before.st_size, after.st_size);
}

static void test_corrupt_pages_stop_the_store(void **state)
{
	struct place *place = *state;
	struct store *store;
	struct stat info;
	int error;

	make_store(place);
	assert_int_equal(stat(place->path, &info), 0);
	scribble(place->path, 4096, (size_t)info.st_size - 4096);
	error = store_open(&store, &place->options, NULL);
	if (!error) {
		error = put_batch(store, 21, NULL);
		assert_int_equal(put_batch(store, 22, NULL), ERR_STORE_IO);
		store_close(store);
	}
	assert_int_equal(error, ERR_STORE_IO);
}

static void test_moved_file_stops_the_store(void **state)
{
	struct place *place = *state;
	struct store *store = open_store(place);
	char away[192];

	ok(put_batch(store, 1, NULL));
	snprintf(away, sizeof(away), "%s/away.db", place->directory);
	assert_int_equal(rename(place->path, away), 0);
	assert_int_equal(put_batch(store, 2, NULL), ERR_STORE_IO);
	store_close(store);
}

static void test_journal_without_database_is_refused(void **state)
{
	struct place *place = *state;
	struct store *store = open_store(place), *other;
	struct stat info;
	char wal[192];

	ok(put_batch(store, 1, NULL));
	assert_int_equal(unlink(place->path), 0);
	assert_int_equal(store_open(&other, &place->options, NULL), ERR_STORE_IO);
	snprintf(wal, sizeof(wal), "%s-wal", place->path);
	assert_int_equal(stat(wal, &info), 0);
	assert_true(info.st_size > 0);
	assert_int_equal(stat(place->path, &info), -1);
	store_close(store);
}

static void test_newer_version_is_refused(void **state)
{
	struct place *place = *state;
	struct store *store;
	char detail[DETAIL_SIZE] = "";
	void *db;

	make_store(place);
	ok(driver_sqlite.open(&db, &place->options, detail));
	ok(driver_sqlite.set_schema_version(db, driver_sqlite.migrations()->count + 1));
	driver_sqlite.close(db);
	assert_int_equal(store_open(&store, &place->options, detail), ERR_STORE_VERSION);
	assert_non_null(strstr(detail, "version"));
}

static void test_database_of_another_program_is_refused(void **state)
{
	struct place *place = *state;
	struct store *store;
	char detail[DETAIL_SIZE] = "";
	void *db;

	ok(driver_sqlite.open(&db, &place->options, detail));
	ok(driver_sqlite.exec(db, "CREATE TABLE songs (title TEXT); PRAGMA application_id = 0"));
	driver_sqlite.close(db);
	assert_int_equal(store_open(&store, &place->options, detail), ERR_STORE);
	assert_non_null(strstr(detail, "another program"));
}

/* Two starts at once, or a start that was cut short: each step is there once. */
static void test_migrations_go_on_where_they_stopped(void **state)
{
	struct place *place = *state;
	const struct migrations *migrations = driver_sqlite.migrations();
	char detail[DETAIL_SIZE] = "";
	void *db;

	ok(driver_sqlite.open(&db, &place->options, detail));
	ok(driver_sqlite.begin(db));
	ok(driver_sqlite.exec(db, migrations->steps[0]));
	ok(driver_sqlite.set_schema_version(db, 1));
	ok(driver_sqlite.commit(db));
	ok(driver_sqlite.begin(db));
	ok(driver_sqlite.exec(db, migrations->steps[1]));
	driver_sqlite.close(db);
	make_store(place);
	assert_int_equal(count_lost(place, 20), 0);
}

static void test_files_are_not_for_everyone(void **state)
{
	struct place *place = *state;
	struct store *store = open_store(place);
	struct stat info;

	assert_int_equal(stat(place->path, &info), 0);
	assert_int_equal(info.st_mode & 07, 0);
	store_close(store);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, setup, teardown)
#define LATER(name) {"later_" #name, test_##name, setup_later, teardown, NULL}
	const struct CMUnitTest tests[] = {
		T(kill_loses_nothing_acknowledged),
		T(control_acknowledging_early_loses),
		T(power_cut_loses_nothing_acknowledged),
		T(control_without_sync_loses),
		T(full_disk_refuses_and_resumes),
		T(failed_write_is_for_good),
		T(failed_sync_is_for_good),
		LATER(kill_loses_nothing_acknowledged),
		LATER(control_acknowledging_early_loses),
		LATER(power_cut_loses_nothing_acknowledged),
		LATER(control_without_sync_loses),
		LATER(full_disk_refuses_and_resumes),
		LATER(failed_write_is_for_good),
		T(no_database_is_refused_and_kept),
		T(corrupt_pages_stop_the_store),
		T(moved_file_stops_the_store),
		T(journal_without_database_is_refused),
		T(newer_version_is_refused),
		T(database_of_another_program_is_refused),
		T(migrations_go_on_where_they_stopped),
		T(files_are_not_for_everyone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
