/* Reads and proves the mapping file. See mapping.h. */
#include "tools/exchange/mapping.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/form/form.h"

enum {
	URL, USER, PASSWORD_FILE, TOKEN_FILE, TIMEOUT, TRIES, RETRY, CHUNK, LEVEL, ATTRIBUTE,
	ELEMENT, OPTION, PROGRAM, STAGE, PERSONAL, FIELDS, UNITS, SYSTEM, CANONICAL, OPTIONS
};

#define LEVELS "puskesmas|desa|kecamatan|kabupaten"
#define TEXT_ROW(section, key, standard, help) \
	{section, key, CONFIG_TEXT, standard, 0, 0, NULL, true, false, help}
#define NEEDED_ROW(section, key, help) \
	{section, key, CONFIG_TEXT, NULL, 0, 0, NULL, true, true, help}
#define NUMBER_ROW(section, key, standard, min, max, help) \
	{section, key, CONFIG_INT, standard, min, max, NULL, true, false, help}

static const struct config_option table[OPTIONS] = {
	[URL] = TEXT_ROW("server", "url", "", "where DHIS2 is: https://…"),
	[USER] = TEXT_ROW("server", "user", "", "account; its password is in password_file"),
	[PASSWORD_FILE] = TEXT_ROW("server", "password_file", "", "its first line is the password"),
	[TOKEN_FILE] = TEXT_ROW("server", "token_file", "", "its first line is an access token"),
	[TIMEOUT] = NUMBER_ROW("server", "timeout", "60", 1, 3600, "seconds for one answer"),
	[TRIES] = NUMBER_ROW("server", "tries", "5", 1, 100, "how often one chunk is sent"),
	[RETRY] = NUMBER_ROW("server", "retry", "2", 0, 3600, "seconds until again; they double"),
	[CHUNK] = NUMBER_ROW("server", "chunk", "500", 1, 10000, "values or events in one request"),
	[LEVEL] = {"values", "level", CONFIG_ENUM, "puskesmas", 0, 0, LEVELS, true, false,
		"whose counts are sent"},
	[ATTRIBUTE] = TEXT_ROW("values", "attribute", "", "attribute option combo"),
	[ELEMENT] = NEEDED_ROW("value *", "element", "UID of the data element"),
	[OPTION] = TEXT_ROW("value *", "option", "", "UID of the category option combo"),
	[PROGRAM] = NEEDED_ROW("event *", "program", "UID of the program"),
	[STAGE] = NEEDED_ROW("event *", "stage", "UID of the program stage"),
	[PERSONAL] = {"event *", "personal", CONFIG_BOOL, "no", 0, 0, NULL, true, false,
		"fields that tell who somebody is may be sent"},
	[FIELDS] = TEXT_ROW("elements *", "*", NULL, "field = UID of its data element"),
	[UNITS] = TEXT_ROW("units", "*", NULL, "code of an area or puskesmas = UID of its unit"),
	[SYSTEM] = TEXT_ROW("fhir", "system", "http://sys-ids.kemkes.go.id/kode-wilayah",
		"system of area codes"),
	[CANONICAL] = NEEDED_ROW("measure *", "canonical", "canonical URL of the measure"),
};

struct load {
	struct mapping *mapping;
	const struct config *config;
	struct config_file *file;
	struct config_errors *errors;
};

static const char *text_of(const struct load *load, const char *section, int option)
{
	const char *text = config_value(load->file, section, &table[option]);

	return arena_strdup(load->mapping->arena, text ? text : "");
}

static int line_of(const struct load *load, const char *section, int option)
{
	const struct config_entry *entry = config_find(load->file, section, table[option].key);

	return entry ? entry->line : 0;
}

static bool is_uid(const char *text)
{
	size_t length = 0;

	while (isalnum((unsigned char)text[length]) && (unsigned char)text[length] < 128)
		length++;
	return length == UID_TEXT - 1 && text[length] == '\0' && isalpha((unsigned char)text[0]);
}

static void check_uid(const struct load *load, int line, const char *text)
{
	if (*text && !is_uid(text))
		config_error(load->errors, load->file, line, text,
			"\"%s\" is no UID of DHIS2: a letter, then ten letters or digits", text);
}

static const char *secret_of(const struct load *load, int option)
{
	const char *path = text_of(load, "server", option);
	char line[512] = "";
	FILE *in = *path ? fopen(path, "re") : NULL;

	if (!*path)
		return "";
	if (!in || !fgets(line, sizeof(line), in))
		config_error(load->errors, load->file, line_of(load, "server", option), path,
			"cannot read %s: %s", path, in ? "it is empty" : strerror(errno));
	if (in)
		fclose(in);
	line[strcspn(line, "\r\n")] = '\0';
	return arena_strdup(load->mapping->arena, line);
}

static void server_load(struct load *load)
{
	struct mapping *mapping = load->mapping;

	mapping->url = text_of(load, "server", URL);
	mapping->user = text_of(load, "server", USER);
	mapping->password = secret_of(load, PASSWORD_FILE);
	mapping->token = secret_of(load, TOKEN_FILE);
	mapping->timeout = (int)config_number(load->file, "server", &table[TIMEOUT]);
	mapping->tries = (int)config_number(load->file, "server", &table[TRIES]);
	mapping->retry = (int)config_number(load->file, "server", &table[RETRY]);
	mapping->chunk = (int)config_number(load->file, "server", &table[CHUNK]);
	mapping->level = (int)config_number(load->file, "values", &table[LEVEL]);
	mapping->attribute = text_of(load, "values", ATTRIBUTE);
	mapping->system = text_of(load, "fhir", SYSTEM);
	check_uid(load, line_of(load, "values", ATTRIBUTE), mapping->attribute);
	if (*mapping->url && strncmp(mapping->url, "https://", 8) != 0 &&
		strncmp(mapping->url, "http://127.0.0.1", 16) != 0 &&
		strncmp(mapping->url, "http://localhost", 16) != 0)
		config_error(load->errors, load->file, line_of(load, "server", URL), mapping->url,
			"only https:// goes beyond this machine");
	if (*mapping->user && *mapping->token)
		config_error(load->errors, load->file, line_of(load, "server", TOKEN_FILE),
			"token_file", "give user and password_file, or token_file");
}

static void value_load(struct load *load, const struct config_entry *section)
{
	const char *name = section->section + strlen("value ");
	struct map_value value = {.count = NULL};

	for (size_t f = 0; f < load->config->nform && !value.count; f++) {
		const struct form *form = load->config->forms[f];

		for (size_t i = 0; i < form->ncount && !value.count; i++) {
			if (strcmp(form->counts[i].name, name) == 0)
				value = (struct map_value){.form = form,
					.count = form->counts[i].name,
					.stock = form->counts[i].stock};
		}
	}
	if (!value.count)
		config_error(load->errors, load->file, section->line, name,
			"no form counts \"%s\"", name);
	value.element = text_of(load, section->section, ELEMENT);
	value.option = text_of(load, section->section, OPTION);
	check_uid(load, line_of(load, section->section, ELEMENT), value.element);
	check_uid(load, line_of(load, section->section, OPTION), value.option);
	for (size_t i = 0; i < load->mapping->nvalue; i++) {
		if (strcmp(load->mapping->values[i].element, value.element) == 0 &&
			strcmp(load->mapping->values[i].option, value.option) == 0)
			config_error(load->errors, load->file, section->line, section->section,
				"[value %s] goes to the same data element and option",
				load->mapping->values[i].count);
	}
	load->mapping->values[load->mapping->nvalue++] = value;
}

static const struct form *form_named(
	const struct load *load, const struct config_entry *section, const char *name)
{
	for (size_t i = 0; i < load->config->nform; i++) {
		if (strcmp(load->config->forms[i]->name, name) == 0)
			return load->config->forms[i];
	}
	config_error(
		load->errors, load->file, section->line, name, "there is no form \"%s\"", name);
	return NULL;
}

static bool tells_who(const struct form_field *field)
{
	return field->type == FIELD_NIK || field->type == FIELD_NAME || field->type == FIELD_TEXT;
}

static void field_load(struct load *load, struct map_event *event, bool personal,
	const struct config_entry *entry)
{
	const struct form_field *field = event->form ? form_field(event->form, entry->key) : NULL;
	bool derived = false;

	for (size_t i = 0; event->form && i < event->form->nderive; i++)
		derived |= strcmp(event->form->derives[i].field, entry->key) == 0;
	if (event->form && !field && !derived)
		config_error(load->errors, load->file, entry->line, entry->key,
			"the form %s has no field \"%s\"", event->form->name, entry->key);
	if (field && tells_who(field) && !personal)
		config_error(load->errors, load->file, entry->line, entry->key,
			"\"%s\" may tell who somebody is: that needs personal = yes in [event %s]",
			entry->key, event->form->name);
	check_uid(load, entry->line, entry->value);
	event->fields[event->nfield++] =
		(struct map_field){arena_strdup(load->mapping->arena, entry->key),
			arena_strdup(load->mapping->arena, entry->value)};
}

static void event_load(struct load *load, const struct config_entry *section)
{
	const char *name = section->section + strlen("event ");
	const char *fields = arena_printf(load->mapping->arena, "elements %s", name);
	struct map_event *event = &load->mapping->events[load->mapping->nevent++];
	bool personal = config_number(load->file, section->section, &table[PERSONAL]) != 0;

	event->form = form_named(load, section, name);
	event->program = text_of(load, section->section, PROGRAM);
	event->stage = text_of(load, section->section, STAGE);
	check_uid(load, line_of(load, section->section, PROGRAM), event->program);
	check_uid(load, line_of(load, section->section, STAGE), event->stage);
	event->fields = arena_alloc(
		load->mapping->arena, (load->file->count + 1) * sizeof(*event->fields));
	for (size_t i = 0; i < load->file->count; i++) {
		const struct config_entry *entry = &load->file->entries[i];

		if (entry->key && strcmp(entry->section, fields) == 0)
			field_load(load, event, personal, entry);
	}
}

static void measure_load(struct load *load, const struct config_entry *section)
{
	const char *name = section->section + strlen("measure ");
	struct map_measure measure = {
		.canonical = text_of(load, section->section, CANONICAL)};

	for (size_t i = 0; i < load->config->nform && !measure.indicator; i++)
		measure.indicator = form_indicator(load->config->forms[i], name);
	if (!measure.indicator)
		config_error(load->errors, load->file, section->line, name,
			"no form has an [indicator %s]", name);
	load->mapping->measures[load->mapping->nmeasure++] = measure;
}

static int compare_units(const void *a, const void *b)
{
	return strcmp(((const struct map_unit *)a)->code, ((const struct map_unit *)b)->code);
}

static void units_load(struct load *load)
{
	struct mapping *mapping = load->mapping;

	for (size_t i = 0; i < load->file->count; i++) {
		const struct config_entry *entry = &load->file->entries[i];

		if (!entry->key || strcmp(entry->section, "units") != 0)
			continue;
		check_uid(load, entry->line, entry->value);
		mapping->units[mapping->nunit++] =
			(struct map_unit){arena_strdup(mapping->arena, entry->key),
				arena_strdup(mapping->arena, entry->value)};
	}
	qsort(mapping->units, mapping->nunit, sizeof(*mapping->units), compare_units);
}

static void sections_load(struct load *load)
{
	const struct config_entry *section = NULL;
	struct mapping *mapping = load->mapping;
	size_t most = load->file->count + 1;

	mapping->values = arena_alloc(mapping->arena, most * sizeof(*mapping->values));
	mapping->events = arena_alloc(mapping->arena, most * sizeof(*mapping->events));
	mapping->units = arena_alloc(mapping->arena, most * sizeof(*mapping->units));
	mapping->measures = arena_alloc(mapping->arena, most * sizeof(*mapping->measures));
	server_load(load);
	units_load(load);
	while ((section = config_next_section(load->file, section))) {
		if (strncmp(section->section, "value ", 6) == 0)
			value_load(load, section);
		else if (strncmp(section->section, "event ", 6) == 0)
			event_load(load, section);
		else if (strncmp(section->section, "measure ", 8) == 0)
			measure_load(load, section);
	}
}

int mapping_load(struct mapping **out, const char *path, const struct config *config,
	struct config_errors *errors)
{
	struct load load = {.config = config, .errors = errors};
	size_t before = config_errors_count(errors);
	int error = config_file_read(&load.file, path, errors);

	*out = NULL;
	if (!error) {
		load.mapping = xcalloc(1, sizeof(*load.mapping));
		load.mapping->arena = arena_new();
		config_check(load.file, table, COUNT_OF(table), errors);
		sections_load(&load);
		error = config_errors_count(errors) > before ? ERR_CONFIG : OK;
	}
	config_file_free(load.file);
	if (error)
		mapping_free(load.mapping);
	else
		*out = load.mapping;
	return error;
}

void mapping_free(struct mapping *mapping)
{
	if (!mapping)
		return;
	arena_free(mapping->arena);
	free(mapping);
}

const char *mapping_unit(const struct mapping *mapping, const char *code)
{
	const struct map_unit key = {.code = code};
	const struct map_unit *unit = bsearch(
		&key, mapping->units, mapping->nunit, sizeof(*mapping->units), compare_units);

	return unit ? unit->uid : NULL;
}

enum area_level mapping_level(const struct mapping *mapping)
{
	static const enum area_level levels[] = {
		LEVEL_ANY, LEVEL_DESA, LEVEL_KECAMATAN, LEVEL_KABUPATEN};

	return levels[mapping->level];
}
