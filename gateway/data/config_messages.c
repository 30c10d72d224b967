/* Reads conf/messages/<language>.ini: [messages] name = text, [words] key = word.
 *
 * A text that is too long, has an unknown or a missing placeholder, or is missing in Indonesian is
 * an error of the configuration, found before anything runs. What another language leaves out is
 * said in Indonesian.
 */
#include "gateway/data/config_messages.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/reply/catalogue.h"
#include "flows/ussd/ussd_words.h"
#include "parsers/text/gsm7.h"

#define LANGUAGE_FILES 8

static void entry_read(struct catalogue *catalogue, const struct config_file *file,
	const char *language, const struct config_entry *entry, struct config_errors *errors)
{
	const char *names[MESSAGE_COUNT], *near;
	char detail[200];
	int error;

	if (entry->key == NULL) {
		if (strcmp(entry->section, "messages") != 0 && strcmp(entry->section, "words") != 0)
			config_error(errors, file, entry->line, entry->section,
				"unknown section [%s]; known: [messages], [words]", entry->section);
		return;
	}
	if (entry->continued)
		config_error(errors, file, entry->line, entry->key,
			"a text stands on one line");
	if (strcmp(entry->section, "words") == 0) {
		error = catalogue_word_set(catalogue, language, entry->key, entry->value);
		if (error != OK)
			config_error(errors, file, entry->line, entry->key, "%s: %s", entry->key,
				error_text(error));
		return;
	}
	if (strcmp(entry->section, "messages") != 0)
		return;
	error = catalogue_set(
		catalogue, language, entry->key, entry->value, detail, sizeof(detail));
	if (error == OK)
		return;
	for (size_t i = 0; i < MESSAGE_COUNT; i++)
		names[i] = message_name((enum message_id)i);
	near = error == ERR_NOT_FOUND ? config_nearest(entry->key, names, COUNT_OF(names)) : NULL;
	if (near != NULL)
		config_error(errors, file, entry->line, entry->key, "%s; did you mean \"%s\"?",
			detail, near);
	else
		config_error(errors, file, entry->line, entry->key, "%s", detail);
}

/* A word that a screen has no room for, or that no screen has. */
static void screen_word_prove(const struct config_file *file, const struct config_entry *entry,
	struct config_errors *errors)
{
	const char *name = strncmp(entry->key, "ussd.", 5) == 0 ? entry->key + 5 : NULL;
	const struct ussd_word *word = NULL;
	ssize_t length = gsm7_septets(entry->value);
	int most = USSD_HEAD;

	if (name == NULL && strncmp(entry->key, "page.", 5) != 0)
		return;
	for (size_t i = 0;
		name != NULL && (word = ussd_word_at(i)) != NULL && strcmp(word->name, name) != 0;
		i++)
		;
	if (name != NULL && word == NULL)
		config_error(errors, file, entry->line, entry->key, "no screen has the word \"%s\"",
			name);
	if (word != NULL)
		most = word->most;
	if (length > most)
		config_error(errors, file, entry->line, entry->key,
			"%s is too long for a screen: %zd septets, room is for %d", entry->key,
			length, most);
}

static void screen_words_prove(const struct config_file *file, struct config_errors *errors)
{
	for (size_t i = 0; i < file->count; i++) {
		if (file->entries[i].key != NULL && strcmp(file->entries[i].section, "words") == 0)
			screen_word_prove(file, &file->entries[i], errors);
	}
}

static int language_read(struct catalogue *catalogue, const char *path, const char *language,
	struct config_errors *errors)
{
	struct config_file *file;
	const char *missing;
	int error = config_file_read(&file, path, errors);

	if (error != OK) {
		config_file_free(file);
		return error;
	}
	for (size_t i = 0; i < file->count; i++)
		entry_read(catalogue, file, language, &file->entries[i], errors);
	for (size_t i = 0; strcmp(language, "id") == 0
		&& (missing = catalogue_missing(catalogue, language, i)) != NULL;
		i++)
		config_error(errors, file, 0, NULL, "no text for the message \"%s\"", missing);
	screen_words_prove(file, errors);
	config_file_free(file);
	return OK;
}

static int name_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int config_messages_read(
	struct catalogue *catalogue, const char *directory, struct config_errors *errors)
{
	struct config_file none = {.path = directory};
	size_t before = config_errors_count(errors), count = 0;
	char *names[LANGUAGE_FILES];
	bool indonesian = false;
	DIR *dir = opendir(directory);
	struct dirent *entry;

	if (dir == NULL) {
		config_error(errors, &none, 0, NULL, "cannot open the directory of messages: %m");
		return ERR_CONFIG;
	}
	while ((entry = readdir(dir)) != NULL && count < LANGUAGE_FILES) {
		size_t length = strlen(entry->d_name);

		if (length > 4 && strcmp(entry->d_name + length - 4, ".ini") == 0)
			names[count++] = xstrndup(entry->d_name, length - 4);
	}
	closedir(dir);
	/* errors come in the same order each time */
	qsort(names, count, sizeof(names[0]), name_compare);
	for (size_t i = 0; i < count; i++) {
		char *path = xasprintf("%s/%s.ini", directory, names[i]);

		indonesian = indonesian || strcmp(names[i], "id") == 0;
		if (language_read(catalogue, path, names[i], errors) != OK)
			config_error(errors, &none, 0, NULL, "cannot use %s.ini", names[i]);
		free(path);
		free(names[i]);
	}
	if (!indonesian)
		config_error(errors, &none, 0, NULL,
			"id.ini is missing: every other language falls back to it");
	return config_errors_count(errors) == before ? OK : ERR_CONFIG;
}
