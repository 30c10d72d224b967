/* Who reads for long gives way when the journal grows: a walk, one long statement, a backup; and
 * several who write. SQLite only. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "parsers/text/error.h"
#include "parsers/text/util.h"
#include "store/base/store.h"
#include "store/message/deadline.h"
#include "store/people/person.h"
#include "store/statement/query.h"

#define PEOPLE	400
#define JOURNAL (1 << 20)

static char directory[128], path[160], copy[160];
static struct store *writer;

static void ok(int error)
{
	assert_int_equal(error, OK);
}

static struct store *reader_open(int64_t journal_most)
{
	struct store *reader;

	ok(store_open(&reader,
		&(struct store_options){.driver = "sqlite", .path = path, .read_only = true,
			.journal_most = journal_most, .reader_ms = 1},
		NULL));
	return reader;
}

static off_t size_of(const char *end)
{
	char *name = xasprintf("%s%s", path, end);
	struct stat found = {0};

	(void)stat(name, &found);
	free(name);
	return found.st_size;
}

static void put_rows(struct store *store, int count, size_t octets)
{
	char *text = xcalloc(octets + 1, 1);

	memset(text, 'x', octets);
	ok(store_batch_begin(store));
	for (int i = 0; i < count; i++)
		ok(store_audit_put(store, 1, "test", "writes", "much", NULL, text));
	free(text);
}

/* Some hundred pages. */
static void write_rows(int count, size_t octets)
{
	put_rows(writer, count, octets);
	ok(store_batch_commit(writer));
}

static void write_much(void)
{
	write_rows(200, 2000);
}

static int setup(void **state)
{
	int changed;

	(void)state;
	snprintf(directory, sizeof(directory), "%.90s/kabar-readers-XXXXXX",
		getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/kabar.db", directory);
	snprintf(copy, sizeof(copy), "%s/copy.db", directory);
	ok(store_open(
		&writer, &(struct store_options){.driver = "sqlite", .path = path}, NULL));
	ok(store_batch_begin(writer));
	for (int i = 0; i < PEOPLE; i++) {
		char phone[20];
		const struct person person = {
			.phone = phone, .name = "ORANG", .role = "kader", .language = "id"};

		snprintf(phone, sizeof(phone), "+62812%08d", i);
		ok(store_person_put(writer, &person, &changed));
	}
	ok(store_batch_commit(writer));
	return 0;
}

static int teardown(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm"};

	(void)state;
	store_close(writer);
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		char *name = xasprintf("%s%s", path, ends[i]);

		(void)unlink(name);
		free(name);
	}
	(void)unlink(copy);
	(void)rmdir(directory);
	return 0;
}

/* Somebody writes while each person is looked at. */
static int on_person(const struct person *person, void *context)
{
	int *seen = context;

	(void)person;
	if (++*seen <= 20)
		write_much();
	return 0;
}

static void test_a_walk_gives_way(void **state)
{
	struct store *reader = reader_open(JOURNAL);
	int seen = 0;

	(void)state;
	assert_int_equal(store_person_each(reader, on_person, &seen), ERR_STORE_BUSY);
	assert_in_range(seen, 1, PEOPLE - 1);
	assert_non_null(strstr(store_detail(reader), "told to give way"));
	assert_in_range(size_of("-wal"), JOURNAL, 4 * JOURNAL);
	/* the journal begins anew */
	for (int i = 0; i < 40; i++)
		write_much();
	assert_in_range(size_of("-wal"), JOURNAL, 24 * JOURNAL);
	store_close(reader);
}

/* The control: without a limit the journal grows as long as somebody reads. */
static void test_without_a_limit(void **state)
{
	struct store *reader = reader_open(1LL << 40);
	int seen = 0;

	(void)state;
	ok(store_person_each(reader, on_person, &seen));
	assert_int_equal(seen, PEOPLE);
	assert_true(size_of("-wal") > 6 * JOURNAL);
	store_close(reader);
}

/* One statement that finds nothing for a long time. */
static void test_a_long_statement_gives_way(void **state)
{
	struct store *reader = reader_open(JOURNAL);
	struct cursor cursor;

	(void)state;
	for (int i = 0; i < 4; i++)
		write_much();
	cursor_open(&cursor, reader,
		"SELECT a.person FROM phones a, phones b, phones c WHERE a.phone || b.phone = "
		"c.phone",
		NULL, 0);
	assert_int_equal(cursor_next(&cursor), ERR_STORE_BUSY);
	cursor_close(&cursor);
	store_close(reader);
}

static void test_a_backup_gives_way(void **state)
{
	struct store *reader = reader_open(JOURNAL);

	(void)state;
	for (int i = 0; i < 20; i++)
		write_much();
	assert_int_equal(store_backup(reader, copy), ERR_STORE_BUSY);
	assert_non_null(strstr(store_detail(reader), "told to give way"));
	assert_int_equal(access(copy, F_OK), -1);
	store_close(reader);
	reader = reader_open(1LL << 40);
	ok(store_backup(reader, copy));
	assert_int_equal(access(copy, F_OK), 0);
	store_close(reader);
}

/* Pages one behind the other: the next one begins before the last one ends. */
#define PAGE_COMMITS 4
#define PAGE_MS	     5 /* nobody writes: it ends all the same */
#define BATCHES	     220
static _Atomic int commits;
static _Atomic bool looked_enough;

static int on_anybody(const struct person *person, void *context)
{
	(void)person;
	++*(int *)context;
	return 0;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int page(struct store *reader)
{
	int until = atomic_load(&commits) + PAGE_COMMITS, seen = 0, error = OK;
	int64_t end = now_ms() + PAGE_MS;

	while (atomic_load(&commits) < until && now_ms() < end && error == OK)
		error = store_person_each(reader, on_anybody, &seen);
	return error;
}

static void *run_looking(void *context)
{
	struct store **readers = context;
	int seen = 0, error = store_snapshot_begin(readers[0]);

	for (int i = 1; error == OK && !atomic_load(&looked_enough); i ^= 1) {
		error = store_snapshot_begin(readers[i]);
		if (error == OK)
			error = store_person_each(readers[i], on_anybody, &seen);
		store_snapshot_end(readers[i ^ 1]);
		if (error == OK)
			error = page(readers[i]);
	}
	return error == OK ? NULL : context;
}

static void writer_as_kabard(void)
{
	store_close(writer);
	ok(store_open(&writer,
		&(struct store_options){.driver = "sqlite", .path = path, .sync_later = true},
		NULL));
}

/* Somebody looks at pages without a break, and the journal begins anew all the same. */
static void test_pages_are_let_finish(void **state)
{
	struct store *readers[] = {reader_open(0), reader_open(0)};
	pthread_t looking;
	void *failed;
	off_t largest = 0;

	(void)state;
	writer_as_kabard();
	atomic_store(&looked_enough, false);
	assert_int_equal(pthread_create(&looking, NULL, run_looking, readers), 0);
	for (int i = 0; i < BATCHES; i++) {
		write_rows(10, 40000);
		atomic_fetch_add(&commits, 1);
		ok(store_sync(writer));
		store_relieve(writer);
		largest = size_of("-wal") > largest ? size_of("-wal") : largest;
	}
	atomic_store(&looked_enough, true);
	pthread_join(looking, &failed);
	assert_null(failed);
	store_close(readers[0]);
	store_close(readers[1]);
	assert_in_range(largest, 24 * JOURNAL, 72 * JOURNAL);
}

/* However much was rolled back, nothing of it comes over what another one commits then. */
static void test_a_rollback_leaves_nothing(void **state)
{
	struct store *other;
	int64_t rows, whole;

	(void)state;
	writer_as_kabard();
	ok(store_open(&other, &(struct store_options){.driver = "sqlite", .path = path}, NULL));
	put_rows(writer, 700, 40000); /* more than its cache holds */
	ok(query_int(writer, "SELECT count(*) FROM audit", NULL, 0, &rows));
	assert_int_equal(query_script(writer, "INSERT INTO outlines SELECT hex(randomblob(8)), "
		"hex(randomblob(40000)) FROM phones"), OK);
	store_batch_rollback(writer);
	put_rows(other, 60, 40000);
	ok(store_batch_commit(other));
	write_rows(70, 40000);
	ok(query_int(other, "SELECT count(*) FROM audit WHERE length(new_value) = 40000", NULL, 0,
		&rows));
	assert_int_equal(rows, 130);
	ok(query_int(writer, "SELECT count(*) FROM outlines", NULL, 0, &rows));
	assert_int_equal(rows, 0);
	ok(query_int(other, "SELECT integrity_check = 'ok' FROM pragma_integrity_check", NULL, 0,
		&whole));
	assert_true(whole);
	store_close(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_walk_gives_way),
		TEST(test_without_a_limit),
		TEST(test_a_long_statement_gives_way),
		TEST(test_a_backup_gives_way),
		TEST(test_pages_are_let_finish),
		TEST(test_a_rollback_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
