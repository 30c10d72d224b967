/* Opens the store that kabar.conf names. See ctl_store.h. */
#include "tools/ctl/ctl_store.h"

#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#include "gateway/config/config_main.h"

static const char *const drivers[] = {"sqlite", "postgres"};

int ctl_store_open(const struct ctl *ctl, const char *command, bool read_only, struct store **out)
{
	struct config_errors *errors = config_errors_new();
	struct arena *arena = arena_new();
	struct store_options options;
	struct config_main config;
	char detail[256];
	int error;

	*out = NULL;
	error = config_main_load(&config, ctl->config_path, arena, errors);
	if (error) {
		config_errors_print(errors, stderr);
		fprintf(stderr, "kabarctl %s: %s: %s\n", command, ctl->config_path,
			error_text(error));
		goto out;
	}
	options = (struct store_options){
		.driver = drivers[config.store_driver],
		.path = config.store_path,
		.conninfo = config.store_conninfo,
		.read_only = read_only,
	};
	error = store_open(out, &options, detail);
	if (error)
		fprintf(stderr, "kabarctl %s: %s: %s\n", command, error_text(error), detail);
out:
	config_errors_free(errors);
	arena_free(arena);
	return error;
}

const char *ctl_actor(struct arena *arena)
{
	const struct passwd *user = getpwuid(getuid());

	return user ? arena_printf(arena, "kabarctl:%s", user->pw_name)
		    : arena_printf(arena, "kabarctl:%ld", (long)getuid());
}
