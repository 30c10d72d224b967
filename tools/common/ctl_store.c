/* Opens the store that kabar.conf names. See ctl_store.h. */
#include "tools/common/ctl_store.h"

#include <libgen.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/config/config_main.h"

static const char *const drivers[] = {"sqlite", "postgres"};

static int config_read(const struct ctl *ctl, const char *command, struct arena *arena,
	struct config_main *config)
{
	struct config_errors *errors = config_errors_new();
	int error = config_main_load(config, ctl->config_path, arena, errors);

	if (error) {
		config_errors_print(errors, stderr);
		fprintf(stderr, "kabarctl %s: %s: %s\n", command, ctl->config_path,
			error_text(error));
	}
	config_errors_free(errors);
	return error;
}

/* The directory of a store that is to be made, when only that is missing. A failure shows when the
 * store is opened. */
static void make_place(const char *path)
{
	char *copy = xstrdup(path);

	(void)mkdir(dirname(copy), 0750);
	free(copy);
}

int ctl_store_open(const struct ctl *ctl, const char *command, enum ctl_store_mode mode,
	struct store **out)
{
	struct arena *arena = arena_new();
	struct store_options options;
	struct config_main config;
	char detail[256];
	int error;

	*out = NULL;
	error = config_read(ctl, command, arena, &config);
	if (error)
		goto out;
	options = (struct store_options){
		.driver = drivers[config.store_driver],
		.path = config.store_path,
		.conninfo = config.store_conninfo,
		.key = config.store_key,
		.read_only = mode == CTL_READ,
		.journal_most = (int64_t)config.health_wal << 20,
		.must_exist = mode != CTL_CREATE,
	};
	if (mode == CTL_CREATE && config.store_driver == 0)
		make_place(config.store_path);
	error = store_open(out, &options, detail);
	if (error)
		fprintf(stderr, "kabarctl %s: %s: %s%s\n", command, error_text(error), detail,
			error == ERR_DENIED ? "; as the gateway's user: sudo -u kabar kabarctl …"
					    : "");
out:
	arena_free(arena);
	return error;
}

bool ctl_store_is_file(const struct ctl *ctl)
{
	struct config_errors *errors = config_errors_new();
	struct arena *arena = arena_new();
	struct config_main config;
	bool file = config_main_load(&config, ctl->config_path, arena, errors) != OK ||
		config.store_driver == 0;

	arena_free(arena);
	config_errors_free(errors);
	return file;
}

int ctl_timezone(const struct ctl *ctl)
{
	struct config_errors *errors = config_errors_new();
	struct arena *arena = arena_new();
	struct config_main config = {0};
	int minutes = config_main_load(&config, ctl->config_path, arena, errors) == OK
		? config.flow.timezone : 0;

	arena_free(arena);
	config_errors_free(errors);
	return minutes;
}

int ctl_store_open_file(
	const struct ctl *ctl, const char *command, const char *path, struct store **out)
{
	struct arena *arena = arena_new();
	struct config_main config;
	char detail[256] = "";
	int error = config_read(ctl, command, arena, &config);

	*out = NULL;
	if (!error) {
		error = store_open(out,
			&(struct store_options){.driver = "sqlite", .path = path,
				.key = config.store_key, .read_only = true, .must_exist = true},
			detail);
		if (error)
			fprintf(stderr, "kabarctl %s: %s: %s: %s\n", command, path,
				error_text(error), detail);
	}
	arena_free(arena);
	return error;
}

int ctl_store_path(const struct ctl *ctl, const char *command, char *path, size_t room)
{
	struct arena *arena = arena_new();
	struct config_main config;
	int error = config_read(ctl, command, arena, &config);

	if (!error && !copy_string(path, room, config.store_path))
		error = ERR_LIMIT;
	arena_free(arena);
	return error;
}

const char *ctl_actor(struct arena *arena)
{
	const struct passwd *user = getpwuid(getuid());

	return user ? arena_printf(arena, "kabarctl:%s", user->pw_name)
		    : arena_printf(arena, "kabarctl:%ld", (long)getuid());
}
