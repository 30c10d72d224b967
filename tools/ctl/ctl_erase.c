/* kabarctl erase --person|--report: who somebody was goes, that something was counted stays. */
#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "flows/record/report_json.h"
#include "parsers/form/form.h"
#include "parsers/text/phone.h"
#include "store/erase.h"
#include "store/people/person.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_world.h"
#include "tools/ctl/ctl_commands.h"

#define REPORTS_MOST 1000
#define NIK_DIGITS   16

struct erase {
	struct ctl_world *world;
	struct report_row *reports;
	size_t count;
	const char *phone; /* normalised; NULL: reports only */
	const char *alias; /* stands for the number from now on */
	bool dry_run;
};

static bool tells_who(enum field_type type)
{
	return type == FIELD_NAME || type == FIELD_NIK || type == FIELD_TEXT;
}

/* All but names, NIK and free text; a form that is gone tells nothing about its fields. */
static const char *keep(struct arena *arena, const char *name, const char *fields, void *context)
{
	const struct erase *erase = context;
	const struct config *config = erase->world->config;
	json_t *all = json_loads(fields, 0, NULL);
	const char *kept = NULL;

	for (size_t f = 0; all && f < config->nform; f++) {
		const struct form *form = config->forms[f];

		if (strcmp(form->name, name) != 0)
			continue;
		for (size_t i = 0; i < form->nfield; i++) {
			if (tells_who(form->fields[i].type))
				json_object_del(all, form->fields[i].name);
		}
		kept = json_to_arena(arena, all);
		all = NULL; /* taken */
	}
	json_decref(all);
	return kept;
}

static int reports_find(struct erase *erase, const struct report_filter *filter)
{
	struct ctl_world *world = erase->world;

	erase->reports = arena_alloc(world->arena, REPORTS_MOST * sizeof(*erase->reports));
	return store_report_find(world->store, world->arena, filter, erase->reports, REPORTS_MOST,
		&erase->count);
}

static int run(struct erase *erase, struct erased *erased)
{
	struct store *store = erase->world->store;
	int error = OK;

	for (size_t i = 0; !error && i < erase->count; i++)
		error = store_erase_report(store, &erase->reports[i], keep, erase, erased);
	if (!error && erase->phone)
		error = store_erase_phone(store, erase->phone, erase->alias, erased);
	return error;
}

static int note(struct erase *erase, const char *subject, const struct erased *erased)
{
	return ctl_audit(erase->world, "erase", subject, NULL,
		arena_printf(erase->world->arena,
			"%" PRId64 " reports, %" PRId64 " messages, %" PRId64 " sent; rows%s",
			erased->reports, erased->messages, erased->sent,
			erased->rows.text ? erased->rows.text : ""));
}

static int erase_all(struct erase *erase, const char *subject)
{
	struct store *store = erase->world->store;
	struct erased erased = {0};
	int error = store_erase_begin(store);

	if (!error)
		error = store_batch_begin(store);
	if (error)
		return error;
	error = run(erase, &erased);
	if (!error && !erase->dry_run)
		error = note(erase, subject, &erased);
	if (error || erase->dry_run)
		store_batch_rollback(store);
	else
		error = store_batch_commit(store);
	if (!error)
		printf("%s: %" PRId64 " reports, %" PRId64 " older versions, %" PRId64
		       " messages, %" PRId64 " sent texts, %" PRId64
		       " inbox texts, %" PRId64 " audit rows %s\n",
			subject, erased.reports, erased.versions, erased.messages, erased.sent,
			erased.inbox, erased.trail,
			erase->dry_run ? "would be emptied (nothing was changed; --yes does it)"
				       : "emptied. Backups of before still hold them");
	strbuf_free(&erased.rows);
	if (!error && !erase->dry_run && store_erase_end(store) != OK)
		fputs("kabarctl erase: somebody reads the store: its journal (-wal) holds what was "
		      "erased until it is emptied\n",
			stderr);
	return error;
}

/* A name for a number that tells nobody which. */
static const char *alias_new(struct arena *arena)
{
	return arena_printf(arena, "erased-%08x", randombytes_random());
}

static int person(struct erase *erase, const char *who)
{
	struct ctl_world *world = erase->world;
	struct report_filter filter = {.match_nik = who, .with_training = true};
	char phone[PHONE_TEXT];
	int error;

	if (strlen(who) == NIK_DIGITS && strspn(who, "0123456789") == NIK_DIGITS) {
		error = reports_find(erase, &filter);
		return error ? error : erase->count ? erase_all(erase, "NIK") : ERR_NOT_FOUND;
	}
	if (!phone_normalise(who, phone))
		return ERR_SYNTAX;
	filter = (struct report_filter){.sender = phone, .with_training = true};
	erase->phone = phone;
	erase->alias = alias_new(world->arena);
	error = erase_all(erase, erase->alias);
	erase->phone = NULL;
	return error;
}

static int report(struct erase *erase, const char *ref)
{
	const struct report_filter filter = {.ref = ref, .with_training = true};
	int error = reports_find(erase, &filter);

	if (!error && erase->count == 0)
		error = ERR_NOT_FOUND;
	if (!error && erase->count > 1)
		error = ERR_AMBIGUOUS;
	return error ? error : erase_all(erase, ref);
}

int ctl_erase(struct ctl *ctl, int argc, char **argv)
{
	const char *who = NULL, *ref = NULL;
	bool yes = false, dry_run = false;
	const struct ctl_option options[] = {{"person", &who, NULL}, {"report", &ref, NULL},
		{"yes", NULL, &yes}, {"dry-run", NULL, &dry_run}, {0}};
	int first = ctl_options(argc, argv, options), status, error;
	struct ctl_world world;
	struct erase erase = {.world = &world};

	if (first < 0)
		return 2;
	if (first != argc || (who != NULL) == (ref != NULL))
		return ctl_usage_error(
			argv[0], "give --person with a number or a NIK, or --report with a code");
	erase.dry_run = dry_run || !yes;
	status = ctl_world_open(&world, ctl, argv[0], false) ? 1 : 0;
	if (!status) {
		error = who ? person(&erase, who) : report(&erase, ref);
		if (error == ERR_NOT_FOUND || error == ERR_SYNTAX || error == ERR_AMBIGUOUS)
			status = fprintf(stderr, "kabarctl erase: %s: %s\n", who ? who : ref,
					 error == ERR_AMBIGUOUS ? "in several kabupaten"
					 : error == ERR_SYNTAX  ? "neither a number nor a NIK"
								: "nothing is known of it") > 0;
		else
			status = ctl_world_status(&world, error);
		if (!status && !yes && !dry_run)
			status = 1;
	}
	ctl_world_close(&world);
	return status;
}
