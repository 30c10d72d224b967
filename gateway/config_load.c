/* Loads everything, so that all errors of all files are told at once. See config_load.h. */
#include "gateway/config_load.h"

#include <stdlib.h>

#include "flows/catalogue.h"
#include "gateway/config_lexicon.h"
#include "gateway/config_messages.h"
#include "parsers/reader.h"

static void config_free(struct config *config)
{
	reader_free(config->reader);
	config_forms_free(config->forms, config->nform);
	lexicon_free(config->lexicon);
	catalogue_free(config->catalogue);
	arena_free(config->arena);
	free(config);
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
	rc = config_main_load(&config->main, path, config->arena, errors);
	if (!main_file->name)
		goto failed; /* no file: its directories are not known */
	each = config_lexicon_read(config->lexicon, main_file->lexicon, errors);
	rc = rc == OK ? each : rc;
	each = config_forms_read(config->forms, &config->nform, main_file->forms, errors);
	rc = rc == OK ? each : rc;
	each = config_messages_read(config->catalogue, main_file->messages, errors);
	rc = rc == OK ? each : rc;
	if (rc != OK)
		goto failed;
	config->reader = reader_new((const struct form *const *)config->forms, config->nform, config->lexicon);
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
