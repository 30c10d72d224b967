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

struct table {
	const char *name, *what;
	purge_step *step;
	enum purge_table table;
	long days; /* 0: for ever */
	size_t emptied;
};

static int table_purge(struct ctl_world *world, struct table *table, bool dry_run)
{
	int64_t before = world->flow.now - table->days * DAY_SECONDS, count = 0;
	int error;

	if (table->days == 0)
		return OK;
	if (!dry_run)
		return purge_all(world->store, table->step, before, &table->emptied);
	error = store_purgeable(world->store, table->table, before, &count);
	table->emptied = (size_t)count;
	return error;
}

static const char *what_was_done(struct ctl_world *world, const struct table *tables, size_t count)
{
	const char *text = "";

	for (size_t i = 0; i < count; i++)
		text = arena_printf(world->arena, "%s%s%zu %s", text, i ? ", " : "",
			tables[i].emptied, tables[i].what);
	return text;
}

static int purge(struct ctl_world *world, struct table *tables, size_t count, bool dry_run)
{
	const char *ages = "", *done;
	int error = OK;

	for (size_t i = 0; !error && i < count; i++) {
		ages = arena_printf(world->arena, "%s%s%s %ldd", ages, i ? ", " : "",
			tables[i].name, tables[i].days);
		error = table_purge(world, &tables[i], dry_run);
	}
	done = what_was_done(world, tables, count);
	if (!error && dry_run)
		printf("purge: %s (dry run: nothing was changed; %s)\n", done, ages);
	if (error || dry_run)
		return error;
	error = give_back(world->store);
	if (!error)
		error = ctl_audit(world, "purge", "raw", ages, done);
	if (!error)
		printf("purge: %s emptied\n", done);
	return error;
}

int ctl_purge(struct ctl *ctl, int argc, char **argv)
{
	const char *age = NULL;
	bool dry_run = false;
	const struct ctl_option options[] = {
		{"raw-older-than", &age, NULL}, {"dry-run", NULL, &dry_run}, {0}};
	struct table tables[] = {
		{"messages", "messages", store_inbound_purge, PURGE_MESSAGES, 0, 0},
		{"inbox", "inbox texts", store_human_purge, PURGE_INBOX, 0, 0},
		{"sent", "sent texts", store_outbox_purge, PURGE_SENT, 0, 0}};
	int first = ctl_options(argc, argv, options), status;
	struct ctl_world world;
	long days = 0;
	char *end;

	if (first < 0)
		return 2;
	if (first != argc)
		return ctl_usage_error(argv[0], "takes options only");
	if (age)
		days = strtol(age, &end, 10);
	if (age && (end == age || strcmp(end, "d") != 0 || days < 1 || days > DAYS_MOST))
		return ctl_usage_error(argv[0], "\"%s\" is not an age like 90d", age);
	status = ctl_world_open(&world, ctl, argv[0], dry_run) ? 1 : 0;
	if (!status) {
		const struct config_main *kept = &world.config->main;

		tables[0].days = age ? days : kept->keep_messages;
		tables[1].days = age ? days : kept->keep_inbox;
		tables[2].days = age ? days : kept->keep_sent;
		status = ctl_world_status(
			&world, purge(&world, tables, COUNT_OF(tables), dry_run));
	}
	ctl_world_close(&world);
	return status;
}
