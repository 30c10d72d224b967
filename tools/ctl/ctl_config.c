/* kabarctl config check: proves all configuration files; touches no database and opens no socket.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/config/config_load.h"
#include "gateway/config/config_prove.h"
#include "tools/common/ctl_json.h"
#include "tools/common/ctl_options.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/exchange/mapping.h"

static void add(const char *path, int line, bool note, const char *text, void *context)
{
	json_t *row = json_pack("{s:o, s:o, s:s, s:o}", "file", ctl_json_text(path), "line",
		line > 0 ? json_integer(line) : json_null(), "weight", note ? "note" : "error",
		"text", ctl_json_text(text));

	json_array_append_new(context, row);
}

static void print_json(const struct config_errors *errors)
{
	json_t *rows = json_array();

	config_errors_each(errors, add, rows);
	(void)ctl_json_print(json_pack("{s:b, s:o}", "good", config_errors_count(errors) == 0,
		"found", rows));
}

static void print_plain(const struct config_errors *errors, const char *good)
{
	size_t count = config_errors_count(errors);

	if (count == 0)
		puts(good);
	config_errors_print(errors, stderr);
	if (count > 0)
		fprintf(stderr, "%zu error%s\n", count, count == 1 ? "" : "s");
}

static void prove_mapping(const struct config *config, struct config_errors *errors)
{
	struct mapping *mapping = NULL;

	if (*config->main.exchange_mapping &&
		mapping_load(&mapping, config->main.exchange_mapping, config, errors) == OK)
		mapping_free(mapping);
}

int ctl_config(struct ctl *ctl, int argc, char **argv)
{
	bool as_json = false;
	const struct ctl_option options[] = {{"json", NULL, &as_json}, {0}};
	struct config_errors *errors;
	struct config *config;
	int first = ctl_options(argc, argv, options), status;
	char *good = NULL;

	if (first < 0)
		return 2;
	if (argc - first != 1 || strcmp(argv[first], "check") != 0)
		return ctl_usage_error(argv[0], "say \"config check\"");
	errors = config_errors_new();
	if (config_load(&config, ctl->config_path, errors) == OK) {
		config_prove(&config->main, ctl->config_path, errors);
		prove_mapping(config, errors);
		good = xasprintf("%s: good: %zu links, %zu forms", ctl->config_path,
			config->main.nsmsc, config->nform);
		config_unref(config);
	}
	status = config_errors_count(errors) > 0;
	if (as_json)
		print_json(errors);
	else
		print_plain(errors, good);
	free(good);
	config_errors_free(errors);
	return status;
}
