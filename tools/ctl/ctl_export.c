/* kabarctl export: its options. The work is in export.c and in tools/exchange. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "parsers/form/form.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_account.h"
#include "tools/common/ctl_options.h"
#include "tools/export/export.h"
#include "tools/exchange/exchange.h"

struct words { /* as they were given */
	const char *from, *to, *area, *form, *account, *password_file;
};

static const struct form *form_by_name(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->nform; i++) {
		if (strcmp(config->forms[i]->name, name) == 0)
			return config->forms[i];
	}
	return NULL;
}

static int dates_read(
	const char *command, const struct words *words, struct export_request *request)
{
	if (words->from && !date_parse(words->from, &request->from))
		return ctl_usage_error(command, "\"%s\" is no day like 2024-08-01", words->from);
	if (words->to && !date_parse(words->to, &request->to))
		return ctl_usage_error(command, "\"%s\" is no day like 2024-08-31", words->to);
	if (date_compare(request->from, request->to) > 0)
		return ctl_usage_error(command, "%s is after %s", words->from,
			words->to ? words->to : "the last day");
	return 0;
}

static int names_read(
	const struct ctl_world *world, const struct words *words, struct export_request *request)
{
	request->area = words->area;
	if (words->form) {
		request->form = form_by_name(world->config, words->form);
		if (!request->form)
			return ctl_usage_error(
				world->command, "there is no form \"%s\"", words->form);
	}
	if (words->area && !gazetteer_area(world->places, words->area) &&
		!gazetteer_puskesmas(world->places, words->area))
		return ctl_usage_error(world->command, "there is no area \"%s\"", words->area);
	return 0;
}

static int export(
	struct ctl_world *world, const struct words *words, const struct export_request *request)
{
	const char *what = arena_printf(world->arena, "%s..%s %s%s%s%s",
		words->from ? words->from : "", words->to ? words->to : "",
		words->form ? words->form : "all forms", request->training ? " training" : "",
		words->account ? " whole, as " : "", words->account ? words->account : "");
	int error = ctl_audit(world, "export", words->area ? words->area : "reports", NULL, what);

	if (!error)
		error = export_reports(world, request);
	if (error == ERR_SYSTEM) {
		perror(request->xlsx ? request->xlsx : "kabarctl export: stdout");
		return 1;
	}
	return ctl_world_status(world, error);
}

static int reports(struct ctl *ctl, const char *command, const struct words *words,
	struct export_request *request)
{
	int status = dates_read(command, words, request);
	struct ctl_world world;

	if (status)
		return status;
	status = ctl_world_open(&world, ctl, command, false) ? 1
							     : names_read(&world, words, request);
	if (!status && words->account) {
		request->sees = ctl_account(&world, words->account, words->password_file);
		status = request->sees ? 0 : 1;
	}
	if (!status)
		status = export(&world, words, request);
	ctl_world_close(&world);
	return status;
}

static int exchange(struct ctl *ctl, const char *command, const struct exchange_request *request)
{
	struct ctl_world world;
	int status = exchange_usage(command, request);

	if (status)
		return status;
	status = ctl_world_open(&world, ctl, command, false) ? 1 : exchange_run(&world, request);
	ctl_world_close(&world);
	return status;
}

static bool is_exchange(const char *what)
{
	return strcmp(what, "values") == 0 || strcmp(what, "events") == 0 ||
		strcmp(what, "fhir") == 0;
}

int ctl_export(struct ctl *ctl, int argc, char **argv)
{
	struct export_request request = {.from = {1, 1, 1}, .to = {9998, 12, 31}};
	struct exchange_request other = {0};
	struct words words = {0};
	const struct ctl_option options[] = {{"from", &words.from, NULL}, {"to", &words.to, NULL},
		{"area", &words.area, NULL}, {"form", &words.form, NULL},
		{"xlsx", &request.xlsx, NULL}, {"excel", NULL, &request.excel},
		{"training", NULL, &request.training}, {"period", &other.period, NULL},
		{"mapping", &other.mapping, NULL}, {"journal", &other.journal, NULL},
		{"push", NULL, &other.push}, {"dry-run", NULL, &other.dry_run},
		{"anyway", NULL, &other.anyway}, {"as", &words.account, NULL},
		{"password-file", &words.password_file, NULL}, {0}};
	int first = ctl_options(argc, argv, options);

	if (first < 0)
		return 2;
	other.what = argc - first == 1 ? argv[first] : "";
	if (strcmp(other.what, "reports") == 0)
		return reports(ctl, argv[0], &words, &request);
	if (is_exchange(other.what))
		return exchange(ctl, argv[0], &other);
	return ctl_usage_error(argv[0], "give what to export: reports, values, events or fhir");
}
