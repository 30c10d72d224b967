/* A worker on a real SQLite store in a directory of its own: see worker_fixture.h. */
#include "tests/gateway/worker_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "gateway/os/clock.h"

char directory[64];
struct flow_settings settings;
struct store *store;
struct worker *worker;
struct crash *crash;
struct disk *disk;
struct arena *arena;
struct outgoing *out;
int64_t disk_room;

static int64_t fake_room(const char *path)
{
	(void)path;
	return disk_room;
}

char *in_directory(const char *name)
{
	return arena_printf(arena, "%s/%s", directory, name);
}

void open_worker(void)
{
	assert_int_equal(crash_open(&crash, in_directory("kabar.db.crash")), OK);
	disk = disk_new(&(struct disk_setup){
		.path = in_directory("kabar.db"),
		.reserve = 1000,
		.ballast = 4096,
		.room = fake_room,
	});
	worker = worker_new(&(struct worker_setup){
		.store = store, .crash = crash, .disk = disk,
		.config = {.settings = &settings,
			.redelivery = 86400,
			.parts = 86400,
			.part_gap = 3600},
	});
}

void close_worker(void)
{
	worker_free(worker);
	disk_free(disk);
	crash_close(crash);
}

int fixture_setup(void **state)
{
	char detail[256];

	(void)state;
	snprintf(directory, sizeof(directory), "/tmp/kabar-worker-XXXXXX");
	assert_non_null(mkdtemp(directory));
	arena = arena_new();
	clock_freeze(1723680000000);
	doubles_reset();
	flow_settings_standard(&settings);
	settings.name = "uji";
	disk_room = 1000000;
	assert_int_equal(store_open(&store,
				 &(struct store_options){
					 .driver = "sqlite", .path = in_directory("kabar.db")},
				 detail),
		OK);
	open_worker();
	return 0;
}

int fixture_teardown(void **state)
{
	static const char *const names[] = {
		"kabar.db", "kabar.db-wal", "kabar.db-shm", "kabar.db.crash", "kabar.db.ballast"};

	(void)state;
	outgoing_free_list(out);
	out = NULL;
	close_worker();
	store_close(store);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		unlink(in_directory(names[i]));
	rmdir(directory);
	arena_free(arena);
	clock_thaw();
	return 0;
}

/* Steps over up to three items; the first one's verdict is returned, all are freed. */
enum verdict verdicts[3];
int step(struct item *a, struct item *b, struct item *c)
{
	struct item *list[] = {a, b, c};
	int rc;

	if (a)
		a->next = b;
	if (b)
		b->next = c;
	outgoing_free_list(out);
	rc = worker_step(worker, a, &out);
	for (size_t i = 0; i < 3 && list[i]; i++) {
		verdicts[i] = list[i]->verdict;
		item_free(list[i]);
	}
	return rc;
}

size_t outgoing_count(void)
{
	size_t count = 0;

	for (const struct outgoing *reply = out; reply; reply = reply->next)
		count++;
	return count;
}

struct inbound inbound_row(int64_t id)
{
	struct inbound row = {0};
	int rc = store_inbound_get(store, arena, id, &row);

	if (rc != OK)
		row.id = 0;
	return row;
}

struct outbox outbox_row(int64_t id)
{
	struct outbox row = {0};

	assert_int_equal(store_outbox_get(store, arena, id, &row), OK);
	return row;
}
