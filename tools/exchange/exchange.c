/* What is asked for, and what became of it. See exchange.h. */
#include "tools/exchange/exchange.h"

#include <stdio.h>
#include <string.h>

#include "tools/common/ctl.h"
#include "tools/exchange/fhir.h"
#include "tools/exchange/push.h"

static int print(const json_t *value)
{
	int failed = json_dumpf(value, stdout, JSON_INDENT(1)) != 0 || putchar('\n') == EOF ||
		fflush(stdout) != 0;

	if (failed)
		perror("kabarctl export: stdout");
	return failed;
}

static int mapping_open(struct ctl_world *world, const struct exchange_request *request,
	struct mapping **out)
{
	const char *path = request->mapping ? request->mapping
					    : world->config->main.exchange_mapping;
	struct config_errors *errors;
	int error;

	if (!*path)
		return ctl_usage_error(world->command,
			"no mapping: name its file in [exchange] mapping, or give --mapping FILE");
	errors = config_errors_new();
	error = mapping_load(out, path, world->config, errors);
	if (error)
		config_errors_print(errors, stderr);
	config_errors_free(errors);
	return error ? 1 : 0;
}

static int print_items(const struct items *items, enum push_kind kind)
{
	json_t *list = json_array(), *body;
	int status;

	for (size_t i = 0; i < items->count; i++)
		json_array_append(list, items->list[i].body);
	body = json_pack("{s:o}", kind == PUSH_EVENTS ? "events" : "dataValues", list);
	status = print(body);
	json_decref(body);
	return status;
}

static const char *journal_of(
	struct ctl_world *world, const struct exchange_request *request, const char *period)
{
	const struct config_main *main_file = &world->config->main;
	char *path;

	if (request->journal)
		return request->journal;
	path = arena_printf(world->arena, "%s.push-%s-%s",
		main_file->store_driver == 0 ? main_file->store_path : KABAR_STATEDIR "/kabar",
		request->what, period);
	for (char *at = strrchr(path, '.'); at && (at = strchr(at, '/'));)
		*at = '_'; /* of a period like 2024-01/2024-06 */
	return path;
}

static int push_items(struct ctl_world *world, const struct exchange_request *request,
	const struct mapping *mapping, struct push *push)
{
	struct push_result result;
	int error;

	if (!*mapping->url)
		return ctl_usage_error(world->command, "the mapping has no [server] url");
	error = ctl_audit(world, arena_printf(world->arena, "push %s", request->what), mapping->url,
		NULL,
		arena_printf(world->arena, "%s, %zu%s", request->period, push->items->count,
			request->dry_run ? ", dry run" : ""));
	if (error)
		return ctl_world_status(world, error);
	error = push_run(push, &result);
	printf("%s %s: %zu, %zu known there, %zu %s, %zu refused, %zu open (%zu requests)\n",
		request->what, request->period, push->items->count, result.known, result.taken,
		request->dry_run ? "would be taken" : "taken", result.refused, result.open,
		result.requests);
	fflush(stdout);
	if (error == ERR_STATE && !push->dry_only && !result.open && !push->anyway)
		fputs("kabarctl export: mend the mapping, or give --anyway for the others\n",
			stderr);
	else if (error == ERR_SYSTEM)
		fputs("kabarctl export: give the command again: it goes on where it was\n", stderr);
	return error ? 1 : 0;
}

static int run_items(struct ctl_world *world, const struct exchange_request *request,
	const struct mapping *mapping, struct period period)
{
	enum push_kind kind = strcmp(request->what, "events") == 0 ? PUSH_EVENTS : PUSH_VALUES;
	char written[PERIOD_TEXT];
	struct items items;
	struct push push = {.mapping = mapping, .kind = kind, .items = &items,
		.dry_only = request->dry_run, .anyway = request->anyway};
	int status, error = kind == PUSH_EVENTS
		? items_of_events(world, mapping, period, &items)
		: items_of_values(world, mapping, period, &items);

	period_format(period, written);
	push.journal = journal_of(world, request, written);
	if (!error && items.unmapped)
		fprintf(stderr, "kabarctl export: %zu %s left out: no UID in [units]\n",
			items.unmapped, kind == PUSH_EVENTS ? "reports" : "units of a month");
	status = error				       ? ctl_world_status(world, error)
		: request->push || request->dry_run ? push_items(world, request, mapping, &push)
						       : print_items(&items, kind);
	items_free(&items);
	return status;
}

static int run_fhir(struct ctl_world *world, const struct mapping *mapping, struct period period)
{
	json_t *bundle;
	int error = fhir_bundle(world, mapping, period, &bundle);
	int status = error ? ctl_world_status(world, error) : print(bundle);

	json_decref(bundle);
	return status;
}

int exchange_usage(const char *command, const struct exchange_request *request)
{
	struct period period;

	if (!request->period || !period_parse(request->period, &period))
		return ctl_usage_error(
			command, "give --period with a time like 2024-08, 2024-01/2024-06 or 2024");
	if (strcmp(request->what, "fhir") == 0 && (request->push || request->dry_run))
		return ctl_usage_error(command, "a FHIR bundle is printed, not pushed");
	return 0;
}

int exchange_run(struct ctl_world *world, const struct exchange_request *request)
{
	bool fhir = strcmp(request->what, "fhir") == 0;
	struct mapping *mapping = NULL;
	struct period period;
	int status, error;

	if (!period_parse(request->period, &period))
		return 2; /* exchange_usage() has said it */
	status = mapping_open(world, request, &mapping);
	if (status)
		return status;
	error = ctl_audit(world, arena_printf(world->arena, "export %s", request->what), "exchange",
		NULL, request->period);
	status = error ? ctl_world_status(world, error)
		: fhir ? run_fhir(world, mapping, period)
		       : run_items(world, request, mapping, period);
	mapping_free(mapping);
	return status;
}
