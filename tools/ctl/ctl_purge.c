/* kabarctl purge: what people wrote does not stay for ever; reports, counts and the audit do. */
#include <stdio.h>
#include <stdlib.h>

#include "store/message/inbound.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_world.h"
#include "flows/lists/chunk.h"

#define DAY_SECONDS 86400
#define DAYS_MOST   36500

typedef int purge_step(
	struct store *store, int64_t before, size_t most, int64_t *after, size_t *purged);

static int purge_all(struct store *store, purge_step *step, int64_t before, size_t *total)
{
	struct chunk chunk = CHUNK_INIT;
	int64_t after = 0;
	size_t purged;
	int error;

	do {
		error = store_batch_begin(store);
		if (error)
			return error;
		chunk_begin(&chunk);
		error = step(store, before, chunk.rows, &after, &purged);
		if (error)
			store_batch_rollback(store);
		else
			error = store_batch_commit(store);
		chunk_end(&chunk);
		*total += purged;
	} while (!error && after);
	return error;
}

/* Between two steps the gateway writes. */
static int give_back(struct store *store)
{
	int64_t before = INT64_MAX, left = INT64_MAX - 1;
	int error = OK;

	while (!error && left > 0 && left < before) {
		before = left;
		error = store_give_back(store, &left);
	}
	return error;
}

static int purge(struct ctl_world *world, int64_t days, bool dry_run)
{
	int64_t before = world->flow.now - days * DAY_SECONDS, messages, human;
	size_t emptied = 0, texts = 0, sent = 0;
	int error;

	if (dry_run) {
		error = store_purgeable(world->store, before, &messages, &human);
		if (!error)
			printf("purge: %lld messages, %lld inbox texts (dry run: nothing was "
			       "changed)\n",
				(long long)messages, (long long)human);
		return error;
	}
	error = purge_all(world->store, store_inbound_purge, before, &emptied);
	if (!error)
		error = purge_all(world->store, store_human_purge, before, &texts);
	if (!error)
		error = purge_all(world->store, store_outbox_purge, before, &sent);
	if (!error)
		error = give_back(world->store);
	if (!error)
		error = ctl_audit(world, "purge", "raw", ctl_time(world, before),
			arena_printf(world->arena, "%zu messages, %zu inbox texts, %zu sent texts",
				emptied, texts, sent));
	if (!error)
		printf("purge: %zu messages, %zu inbox texts, %zu sent texts emptied\n", emptied,
			texts, sent);
	return error;
}

int ctl_purge(struct ctl *ctl, int argc, char **argv)
{
	const char *age = NULL;
	bool dry_run = false;
	const struct ctl_option options[] = {
		{"raw-older-than", &age, NULL}, {"dry-run", NULL, &dry_run}, {0}};
	int first = ctl_options(argc, argv, options), status;
	struct ctl_world world;
	long days;
	char *end;

	if (first < 0)
		return 2;
	if (first != argc || !age)
		return ctl_usage_error(argv[0], "give --raw-older-than with an age like 90d");
	days = strtol(age, &end, 10);
	if (end == age || strcmp(end, "d") != 0 || days < 1 || days > DAYS_MOST)
		return ctl_usage_error(argv[0], "\"%s\" is not an age like 90d", age);
	if (ctl_world_open(&world, ctl, argv[0], dry_run))
		status = 1;
	else
		status = ctl_world_status(&world, purge(&world, days, dry_run));
	ctl_world_close(&world);
	return status;
}
