/* Loads everything, so that all errors of all files are told at once. See config_load.h. */
#include "gateway/config/config_load.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flows/reply/catalogue.h"
#include "flows/reply/own_words.h"
#include "gateway/data/config_checkup.h"
#include "gateway/data/config_faq.h"
#include "gateway/data/config_lexicon.h"
#include "gateway/data/config_menu.h"
#include "gateway/data/config_messages.h"
#include "parsers/reader.h"

static void config_free(struct config *config)
{
	reader_free(config->reader);
	config_forms_free(config->forms, config->nform);
	lexicon_free(config->lexicon);
	faqs_free(config->faqs);
	catalogue_free(config->catalogue);
	said_free(config->said);
	menus_free(config->menus);
	checkups_free(config->checkups);
	arena_free(config->arena);
	free(config);
}

/* Each link's own, also the standard one: a screen is never composed without. */
static int dialects_read(struct config_main *main_file, struct config_errors *errors)
{
	int rc = OK;

	for (size_t i = 0; i < main_file->nsmsc; i++) {
		struct config_smsc *smsc = &main_file->smsc[i];
		int each = config_dialect_read(
			&smsc->dialect, main_file->dialects, smsc->ussd_dialect, errors);

		rc = rc == OK ? each : rc;
	}
	return rc;
}

/* Where they are named, else beside the menus, if they are there. */
static int checkups_read(struct config *config, struct config_errors *errors)
{
	const char *named = config->main.screens, *menus = config->main.menus;
	const char *slash = strrchr(menus, '/');

	if (*named)
		return config_checkups_read(&config->checkups, named, errors);
	named = arena_printf(config->arena, "%.*sscreens",
		slash ? (int)(slash - menus) + 1 : 0, menus);
	return access(named, F_OK) == 0
		? config_checkups_read(&config->checkups, named, errors) : OK;
}

int config_load(struct config **out, const char *path, struct config_errors *errors)
{
	struct config *config = xcalloc(1, sizeof(*config));
	const struct config_main *main_file = &config->main;
	int rc, each;

	*out = NULL;
	config->references = 1;
	config->arena = arena_new();
	config->lexicon = lexicon_new();
	config->catalogue = catalogue_new();
	config->faqs = faqs_new();
	rc = config_main_load(&config->main, path, config->arena, errors);
	if (!main_file->name)
		goto failed; /* no file: its directories are not known */
	each = config_lexicon_read(config->lexicon, main_file->lexicon, errors);
	rc = rc == OK ? each : rc;
	each = config_forms_read(config->forms, &config->nform, main_file->forms, errors);
	rc = rc == OK ? each : rc;
	each = config_messages_read(config->catalogue, main_file->messages, errors);
	rc = rc == OK ? each : rc;
	each = config_faqs_read(config->faqs, config->lexicon, config->catalogue,
		main_file->lexicon, errors);
	rc = rc == OK ? each : rc;
	if (config->nform > 0) { /* without forms each menu would be an error of its own */
		each = config_menus_read(
			&config->menus, main_file->menus, config->forms, config->nform, errors);
		rc = rc == OK ? each : rc;
	}
	each = checkups_read(config, errors);
	rc = rc == OK ? each : rc;
	each = dialects_read(&config->main, errors);
	rc = rc == OK ? each : rc;
	if (rc != OK)
		goto failed;
	config->said = own_words_new(config->catalogue,
		(const struct form *const *)config->forms, config->nform);
	config->main.flow.said = config->main.echo_words ? config->said : NULL;
	config->reader = reader_new(
		(const struct form *const *)config->forms, config->nform, config->lexicon);
	reader_explain(config->reader, config->faqs);
	rc = config_faqs_prove(config->reader, main_file->lexicon, errors);
	if (rc != OK)
		goto failed;
	*out = config;
	return OK;
failed:
	config_free(config);
	return rc;
}

struct config *config_ref(struct config *config)
{
	config->references++;
	return config;
}

void config_unref(struct config *config)
{
	if (config && --config->references == 0)
		config_free(config);
}
