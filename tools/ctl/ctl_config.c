/* kabarctl config check: proves all configuration files; touches no database and opens no socket.
 */
#include <stdio.h>
#include <string.h>

#include "gateway/config/config_load.h"
#include "tools/ctl/ctl_commands.h"

int ctl_config(struct ctl *ctl, int argc, char **argv)
{
	struct config_errors *errors;
	struct config *config;
	size_t count;

	if (argc != 2 || strcmp(argv[1], "check") != 0)
		return ctl_usage_error(argv[0], "say \"config check\"");
	errors = config_errors_new();
	if (config_load(&config, ctl->config_path, errors) == OK) {
		printf("%s: good: %zu links, %zu forms\n", ctl->config_path, config->main.nsmsc,
			config->nform);
		config_unref(config);
	}
	config_errors_print(errors, stderr);
	count = config_errors_count(errors);
	if (count > 0)
		fprintf(stderr, "%zu error%s\n", count, count == 1 ? "" : "s");
	config_errors_free(errors);
	return count > 0 ? 1 : 0;
}
