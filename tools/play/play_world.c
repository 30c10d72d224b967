/* A transcript's world: store, worker, clock, phones. See play_world.h. */
#include "tools/play/play_world.h"
#include "tools/play/play_world_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flows/lists/import_targets.h"
#include "flows/rules/random.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/smpp/smpp_codes.h"
#include "gateway/work/worker.h"
#include "parsers/text/gsm7.h"
#include "store/message/deadline.h"
#include "tools/data/data_dir.h"

#define LOOK_MS   60000 /* the calendar is looked at as often */
#define TRIES     3 /* of a store that is full or busy */
#define ROUNDS    100 /* ticks until nothing is due any more */

static uint32_t predictable(uint32_t limit)
{
	return 123456 % limit;
}

static int store_connect(const struct play_world *world, struct store **out)
{
	char detail[256];
	int error = store_open(out, &world->options, detail);

	if (error != OK)
		fprintf(stderr, "kabarctl play: %s: %s\n", error_text(error), detail);
	return error;
}

static int store_start(struct play_world *world)
{
	struct worker_setup setup = {.config = worker_config_of(world->config)};
	int error = store_connect(world, &world->store);

	if (error != OK)
		return error;
	if (world->faults != NULL)
		world->faults->opened(world->store);
	setup.store = world->store;
	setup.config.settings = &world->settings;
	setup.config.hours = hours_of(&world->settings);
	world->worker = worker_new(&setup);
	return OK;
}

static void store_stop(struct play_world *world)
{
	if (world->worker != NULL)
		worker_free(world->worker);
	world->worker = NULL;
	if (world->store != NULL)
		store_close(world->store);
	world->store = NULL;
}

/* The configuration of the transcript before: loading forms and words takes longer than most
 * transcripts, and few have one of their own. Nobody changes it. */
static struct {
	char *text;
	struct config *config;
} kept;

/* Loads a file, or takes what the same text was loaded to. */
static int config_take(struct config **config, const char *path)
{
	struct config_errors *errors = config_errors_new();
	char *text = file_text(path);
	int error = OK;

	if (kept.text == NULL || text == NULL || strcmp(kept.text, text) != 0) {
		config_unref(kept.config);
		kept.config = NULL;
		error = config_load(&kept.config, path, errors);
		if (error != OK)
			config_errors_print(errors, stderr);
		free(kept.text);
		kept.text = error == OK ? text : NULL;
		text = error == OK ? NULL : text;
	}
	if (error == OK)
		*config = config_ref(kept.config);
	free(text);
	config_errors_free(errors);
	return error;
}

static int config_start(struct play_world *world, const char *conf, const char *near)
{
	char *made = data_dir_config(world->directory, conf, near);
	int error = made == NULL ? ERR_CONFIG : config_take(&world->config, made);

	free(made);
	if (error == OK) {
		world->settings = world->config->main.flow;
		world->settings.fail = &world->fail;
	}
	return error;
}

int world_new(struct play_world **out, const char *path, const char *conf, const char *conninfo,
	const struct play_faults *faults)
{
	struct play_world *world = xcalloc(1, sizeof(*world));
	const char *base = getenv("TMPDIR");
	int error = ERR_SYSTEM;

	*out = NULL;
	world->tail = &world->messages;
	world->faults = faults;
	world->directory = xasprintf("%s/kabar-play-XXXXXX", base != NULL ? base : "/tmp");
	if (mkdtemp(world->directory) == NULL) {
		perror(world->directory);
		goto out;
	}
	world->path = xasprintf("%s/kabar.db", world->directory);
	world->key = xasprintf("%s.key", world->path);
	world->schema = xasprintf("kabar_play_%s", strrchr(world->directory, '-') + 1);
	/* in PostgreSQL a schema of its own: nothing that is in the database already is touched */
	world->options = (struct store_options){.driver = conninfo ? "postgres" : "sqlite",
		.path = world->path, .conninfo = conninfo, .schema = world->schema,
		.key = world->key};
	error = config_start(world, conf, path);
	if (error != OK)
		goto out;
	random_replace(predictable);
	error = store_start(world);
out:
	if (error == OK)
		*out = world;
	else
		world_free(world);
	return error;
}

int world_configure(struct play_world *world, const char *path, const char *conf)
{
	struct config *before = world->config;
	int error = config_start(world, conf, path);

	if (error != OK)
		return error;
	store_stop(world);
	config_unref(before);
	return store_start(world);
}

static void drop_schema(const struct play_world *world)
{
	char detail[256];

	if (world->options.conninfo && store_drop(&world->options, detail) != OK)
		fprintf(stderr, "kabarctl play: %s: %s\n", world->schema, detail);
}

static void remove_files(const struct play_world *world)
{
	static const char *const endings[] = {
		"kabar.db", "kabar.db-wal", "kabar.db-shm", "kabar.db.key", "kabar.conf"};

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		char *path = xasprintf("%s/%s", world->directory, endings[i]);

		unlink(path);
		free(path);
	}
	rmdir(world->directory);
}

void world_free(struct play_world *world)
{
	if (world == NULL)
		return;
	store_stop(world);
	config_unref(world->config);
	while (world->messages != NULL) {
		struct play_message *next = world->messages->next;

		free(world->messages->to);
		free(world->messages->text);
		free(world->messages->kind);
		free(world->messages);
		world->messages = next;
	}
	while (world->sent != NULL) {
		struct sent *next = world->sent->next;

		free(world->sent->from);
		free(world->sent);
		world->sent = next;
	}
	drop_schema(world);
	remove_files(world);
	random_replace(NULL);
	if (world->frozen)
		clock_thaw();
	free(world->directory);
	free(world->path);
	free(world->schema);
	free(world->key);
	free(world);
}

/* Beside the running worker, as the operator does it: that is how the worker learns of it. */
int world_import(struct play_world *world, const struct import_options *options)
{
	struct import_options now = *options;
	struct import_result result;
	struct store *store;
	int error = store_connect(world, &store);

	if (error != OK)
		return error;
	now.now = clock_utc();
	now.timezone = world->settings.timezone;
	error = strcmp(now.what, "sasaran") == 0
		? import_targets(store, world->config->forms, world->config->nform, &now, &result)
		: import_file(store, &now, &result);
	store_close(store);
	return error;
}

struct store *world_store(struct play_world *world)
{
	return world->store;
}

struct config *world_config(struct play_world *world)
{
	return world->config;
}

int world_offset(const struct play_world *world)
{
	return world->settings.timezone;
}

struct play_message *world_messages(struct play_world *world)
{
	return world->messages;
}

/* What goes out reaches its phone at once; the operator confirms each. */
static struct item *deliver_out(struct play_world *world, struct outgoing *out)
{
	struct item *results = NULL, **tail = &results;

	for (struct outgoing *row = out; row != NULL; row = row->next) {
		struct play_message *message = xcalloc(1, sizeof(*message));
		char id[32];

		message->to = xstrdup(row->recipient);
		message->text = xstrdup(row->text);
		message->kind = xstrdup(row->kind);
		*world->tail = message;
		world->tail = &message->next;
		snprintf(id, sizeof(id), "%lld", (long long)row->id);
		*tail = item_new_result(row->link ? row->link : "", row->id, "sent", id, 0);
		tail = &(*tail)->next;
	}
	outgoing_free_list(out);
	return results;
}

/* What a full or busy store refused: it comes again. The others are gone. */
static struct item *refused(struct item *items)
{
	struct item *again = NULL, **tail = &again, *item;

	while ((item = items) != NULL) {
		items = item->next;
		item->next = NULL;
		if (item->verdict == VERDICT_REFUSED) {
			*tail = item;
			tail = &item->next;
		} else {
			item_free_list(item);
		}
	}
	return again;
}

static struct item *joined(struct item *first, struct item *second)
{
	struct item **tail = &first;

	while (*tail != NULL)
		tail = &(*tail)->next;
	*tail = second;
	return first;
}

static bool may_try_again(int error, int *tries)
{
	return error != OK && error != ERR_STORE_IO && ++*tries < TRIES;
}

/* What time alone brings; the gateway's next tick tries again what failed in this one. */
static int tick_out(struct play_world *world, struct item **results)
{
	struct outgoing *out = NULL;
	int64_t due = 0;
	int tries = 0, rounds = 0, error;
	bool more;

	*results = NULL;
	do {
		if (rounds > 0 && world->frozen)
			clock_advance(LOOK_MS);
		error = worker_tick(world->worker, &out);
		*results = joined(*results, deliver_out(world, out));
		out = NULL;
		if (error == OK)
			error = store_deadline_next(world->store, &due);
		more = error == OK ? due > 0 && due <= clock_utc() : may_try_again(error, &tries);
	} while (more && ++rounds < ROUNDS);
	return error;
}

int world_step(struct play_world *world, struct item *items)
{
	struct outgoing *out = NULL;
	int error = OK, tries = 0;

	while (error == OK && items != NULL) {
		error = worker_step(world->worker, items, &out);
		items = joined(refused(items), deliver_out(world, out));
		out = NULL;
		if (may_try_again(error, &tries))
			error = OK;
		if (items == NULL && error == OK)
			error = tick_out(world, &items);
	}
	item_free_list(items);
	return error;
}

static int tick(struct play_world *world)
{
	struct item *results;
	int error = tick_out(world, &results);

	return error != OK || results == NULL ? error : world_step(world, results);
}

void world_clock(struct play_world *world, int64_t utc)
{
	if (world->frozen)
		clock_set_wall(utc * 1000);
	else
		clock_freeze(utc * 1000);
	world->frozen = true;
}

int world_wait(struct play_world *world, int64_t seconds)
{
	int64_t end = clock_utc() + seconds, due;
	int error = tick(world); /* what was imported meanwhile may have something planned */

	while (error == OK) {
		int64_t until = end;

		error = store_deadline_next(world->store, &due);
		if (error == OK && due > clock_utc() && due < end)
			until = due;
		if (until > clock_utc())
			clock_advance((until - clock_utc()) * 1000);
		if (error == OK)
			error = tick(world);
		if (until == end)
			break;
	}
	if (error == OK && world->faults != NULL && world->faults->struck()) {
		/* what failed in a look at the calendar waits for the next one */
		clock_advance(LOOK_MS);
		error = tick(world);
	}
	return error;
}

int world_restart(struct play_world *world)
{
	struct outgoing *out = NULL;
	int error;

	store_stop(world);
	error = store_start(world);
	if (error == OK)
		error = worker_reclaim(world->worker, &out);
	return error != OK ? error : world_step(world, deliver_out(world, out));
}

void world_fail_next(struct play_world *world)
{
	world->fail = true;
}
