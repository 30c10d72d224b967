/* Runs the contract on a driver, which is the argument; a fresh store for each test. For PostgreSQL
 * the database is named by KABAR_TEST_POSTGRES (tests/cluster.sh). */
#include "tests/store/contract.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *driver = "sqlite";

static void world_open(struct world *world)
{
	char detail[256];

	if (store_open(&world->store, &world->options, detail))
		fail_msg("%s", detail);
}

struct store *world_second(struct world *world)
{
	struct store_options options = world->options;
	struct store *store;

	options.busy_ms = 20;
	ok(store_open(&store, &options, NULL));
	return store;
}

void world_reopen(struct world *world)
{
	store_close(world->store);
	world_open(world);
}

static void drop(const struct world *world)
{
	char detail[256];

	if (strcmp(driver, "postgres") == 0 && store_drop(&world->options, detail))
		fail_msg("%s", detail);
}

static int setup(void **state)
{
	struct world *world = xcalloc(1, sizeof(*world));

	snprintf(world->directory, sizeof(world->directory), "%.90s/kabar-contract-XXXXXX",
		getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	assert_non_null(mkdtemp(world->directory));
	snprintf(world->path, sizeof(world->path), "%s/kabar.db", world->directory);
	snprintf(world->key, sizeof(world->key), "%s/kabar.key", world->directory);
	world->options = (struct store_options){.driver = driver, .path = world->path,
		.conninfo = getenv("KABAR_TEST_POSTGRES"), .schema = "contract",
		.key = world->key};
	drop(world);
	world->arena = arena_new();
	world_open(world);
	*state = world;
	return 0;
}

static int teardown(void **state)
{
	struct world *world = *state;
	DIR *directory = opendir(world->directory);
	struct dirent *entry;

	store_close(world->store);
	drop(world);
	arena_free(world->arena);
	while (directory && (entry = readdir(directory)))
		(void)unlinkat(dirfd(directory), entry->d_name, 0);
	if (directory)
		closedir(directory);
	rmdir(world->directory);
	free(world);
	return 0;
}

int main(int argc, char **argv)
{
#define X(name) cmocka_unit_test_setup_teardown(test_##name, setup, teardown),
	const struct CMUnitTest tests[] = {CONTRACT_TESTS};
#undef X

	if (argc > 1)
		driver = argv[1];
	return cmocka_run_group_tests_name(driver, tests, NULL, NULL) != 0;
}
