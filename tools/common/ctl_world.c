/* Configuration, store and places for a command; the audit in the operator's name. See ctl_world.h.
 */
#include "tools/common/ctl_world.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "parsers/reader.h"
#include "parsers/text/show.h"
#include "store/message/outbox.h"
#include "store/message/deadline.h"
#include "store/people/person.h"
#include "tools/common/ctl_store.h"

int ctl_world_open(
	struct ctl_world *world, const struct ctl *ctl, const char *command, bool read_only)
{
	struct config_errors *errors = config_errors_new();
	int error;

	*world = (struct ctl_world){.command = command};
	error = config_load(&world->config, ctl->config_path, errors);
	if (error) {
		config_errors_print(errors, stderr);
		fprintf(stderr, "kabarctl %s: %s: %s\n", command, ctl->config_path,
			error_text(error));
		goto out;
	}
	error = ctl_store_open(
		ctl, command, read_only ? CTL_READ : CTL_WRITE, &world->store);
	if (error)
		goto out;
	error = store_gazetteer_load(world->store, &world->places);
	if (error) {
		ctl_world_status(world, error);
		goto out;
	}
	store_outbox_limit(world->store, world->config->main.flow.allow,
		world->config->main.flow.nallow, world->config->main.flow.own,
		world->config->main.flow.nown);
	world->arena = arena_new();
	world->flow = (struct flow){.store = world->store,
		.reader = world->config->reader,
		.scratch = scratch_new(),
		.places = world->places,
		.catalogue = world->config->catalogue,
		.settings = &world->config->main.flow,
		.arena = world->arena,
		.now = time(NULL)};
out:
	config_errors_free(errors);
	return error;
}

void ctl_world_close(struct ctl_world *world)
{
	if (world->arena) {
		scratch_free(world->flow.scratch);
		arena_free(world->arena);
	}
	gazetteer_free(world->places);
	store_close(world->store);
	config_unref(world->config);
}

int ctl_world_status(const struct ctl_world *world, int error)
{
	if (error)
		fprintf(stderr, "kabarctl %s: %s: %s\n", world->command, error_text(error),
			store_detail(world->store));
	return error ? 1 : 0;
}

int ctl_audit(struct ctl_world *world, const char *action, const char *subject,
	const char *old_value, const char *new_value)
{
	return store_audit_put(world->store, world->flow.now, ctl_actor(world->arena), action,
		subject, old_value, new_value);
}

const char *ctl_time(struct ctl_world *world, int64_t utc)
{
	struct moment local = moment_local(utc, world->flow.settings->timezone);

	return arena_printf(world->arena, "%04d-%02d-%02d %02d:%02d", local.date.year,
		local.date.month, local.date.day, local.hour, local.minute);
}

void ctl_print_flat(const char *text)
{
	struct strbuf shown = {0};

	show_text(&shown, text ? text : "-", SHOW_FLAT);
	fputs(shown.text, stdout);
	strbuf_free(&shown);
}
