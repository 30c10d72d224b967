/* Who reads for long gives way when the journal grows: a walk, one long statement, a backup. SQLite
 * only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

static char directory[] = "/tmp/kabar-readers-XXXXXX";
static char path[64], copy[64];
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

/* Some hundred pages. */
static void write_much(void)
{
	char text[2000];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	ok(store_batch_begin(writer));
	for (int i = 0; i < 200; i++)
		ok(store_audit_put(writer, 1, "test", "writes", "much", NULL, text));
	ok(store_batch_commit(writer));
}

static int setup(void **state)
{
	int changed;

	(void)state;
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
	strcpy(directory + strlen(directory) - 6, "XXXXXX");
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_walk_gives_way),
		TEST(test_without_a_limit),
		TEST(test_a_long_statement_gives_way),
		TEST(test_a_backup_gives_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
