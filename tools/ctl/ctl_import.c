/* kabarctl import: a CSV list into the store. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "store/message/deadline.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_store.h"
#include "flows/lists/import.h"
#include "flows/lists/import_targets.h"
#include "gateway/config/config_load.h"
#include "tools/data/import_peta.h"

static bool is_kind(const char *name)
{
	for (size_t i = 0; import_kinds[i]; i++) {
		if (strcmp(import_kinds[i], name) == 0)
			return true;
	}
	return false;
}

static int read_options(int argc, char **argv, struct import_options *options)
{
	const struct ctl_option table[] = {{"dry-run", NULL, &options->dry_run},
		{"province", &options->province, NULL}, {"replace", NULL, &options->replace},
		{"yes", NULL, &options->yes}, {0}};
	int first = ctl_options(argc, argv, table);

	if (first < 0)
		return 2;
	if (argc - first != 2)
		return ctl_usage_error(
			argv[0], "give areas, puskesmas, posyandu, people or peta, and one file");
	options->what = argv[first];
	options->path = argv[first + 1];
	if (options->province && strcmp(options->what, "areas") != 0)
		return ctl_usage_error(argv[0], "--province is for areas");
	if (!is_kind(options->what))
		return ctl_usage_error(argv[0],
			"\"%s\" is not areas, puskesmas, posyandu or people", options->what);
	return 0;
}

static void print_summary(const struct import_options *options, const struct import_result *result)
{
	printf("%s: %zu new, %zu changed, %zu unchanged", options->what, result->fresh,
		result->changed, result->unchanged);
	if (options->replace)
		printf(", %zu deactivated", result->deactivated);
	puts(options->dry_run ? " (dry run: nothing was written)" : "");
}

/* Outlines for maps: no CSV, and all or nothing. */
static int peta(struct ctl *ctl, const char *command, const char *path)
{
	struct arena *arena;
	struct store *store;
	size_t count;
	int error;

	if (ctl_store_open(ctl, command, CTL_CREATE, &store))
		return 1;
	arena = arena_new();
	error = import_peta(store, path, stderr, &count);
	if (!error)
		error = store_audit_put(store, time(NULL), ctl_actor(arena), "import peta", path,
			NULL, arena_printf(arena, "%zu outlines", count));
	if (!error)
		printf("peta: %zu outlines\n", count);
	else if (error != ERR_SYNTAX)
		fprintf(stderr, "kabarctl import: %s: %s\n", error_text(error),
			store_detail(store));
	store_close(store);
	arena_free(arena);
	return error ? 1 : 0;
}

/* ERR_SYSTEM was told where it happened. */
static void say_failed(
	const struct store *store, int error, const struct import_result *result)
{
	if (error == ERR_CONFIG)
		fprintf(stderr, "kabarctl import: %zu errors, nothing was written\n",
			result->errors);
	else if (error != ERR_SYSTEM)
		fprintf(stderr, "kabarctl import: %s: %s\n", error_text(error),
			store_detail(store));
}

/* Yearly target populations; the forms say which there are. */
static int targets(struct ctl *ctl, int argc, char **argv)
{
	struct import_options options = {.errors = stderr, .what = "sasaran"};
	const struct ctl_option table[] = {{"dry-run", NULL, &options.dry_run}, {0}};
	int first = ctl_options(argc, argv, table), error;
	struct config_errors *errors;
	struct import_result result;
	struct config *config;
	struct arena *arena;
	struct store *store;

	if (first < 0)
		return 2;
	if (argc - first != 2)
		return ctl_usage_error(argv[0], "give sasaran and one file");
	options.path = argv[first + 1];
	errors = config_errors_new();
	error = config_load(&config, ctl->config_path, errors);
	config_errors_print(errors, stderr);
	config_errors_free(errors);
	if (error)
		return 1;
	if (ctl_store_open(ctl, argv[0], CTL_CREATE, &store)) {
		config_unref(config);
		return 1;
	}
	arena = arena_new();
	options.actor = ctl_actor(arena);
	options.now = time(NULL);
	error = import_targets(store, config->forms, config->nform, &options, &result);
	if (!error)
		printf("sasaran: %zu written, %zu unchanged%s\n", result.changed,
			result.unchanged, options.dry_run ? " (dry run: nothing was written)" : "");
	else
		say_failed(store, error, &result);
	store_close(store);
	config_unref(config);
	arena_free(arena);
	return error ? 1 : 0;
}

int ctl_import(struct ctl *ctl, int argc, char **argv)
{
	struct import_options options = {.errors = stderr};
	struct import_result result;
	struct arena *arena;
	struct store *store;
	int error, usage;

	if (argc == 3 && strcmp(argv[1], "peta") == 0)
		return peta(ctl, argv[0], argv[2]);
	if (argc >= 2 && strcmp(argv[1], "sasaran") == 0)
		return targets(ctl, argc, argv);
	usage = read_options(argc, argv, &options);
	if (usage)
		return usage;
	if (ctl_store_open(ctl, argv[0], CTL_CREATE, &store))
		return 1;
	arena = arena_new();
	options.actor = ctl_actor(arena);
	options.now = time(NULL);
	options.timezone = ctl_timezone(ctl);
	error = import_file(store, &options, &result);
	arena_free(arena);
	if (!error)
		print_summary(&options, &result);
	else if (error == ERR_LIMIT)
		fprintf(stderr,
			"kabarctl import: nothing was written: %zu new, %zu changed, but %zu of "
			"%zu active would be deactivated; look with --dry-run, and if that is "
			"right add --yes\n",
			result.fresh, result.changed, result.deactivated, result.active);
	else
		say_failed(store, error, &result);
	store_close(store);
	return error ? 1 : 0;
}
