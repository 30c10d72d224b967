/* Reads the word lists of a directory into one lexicon. */
#include "gateway/data/config_lexicon.h"

#include "gateway/data/config_ignore.h"
#include "gateway/data/config_rewrite.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define PHRASE_TEXT 120

static void phrase_add(struct lexicon *lexicon, const struct config_file *file,
	const struct config_entry *entry, const char *phrase, struct config_errors *errors)
{
	int error = lexicon_add(lexicon, entry->section, entry->key, phrase);

	if (error == ERR_EXISTS)
		config_error(errors, file, entry->line, phrase,
			"\"%s\" means something else in [%s] already", phrase, entry->section);
	else if (error != OK)
		config_error(errors, file, entry->line, phrase,
			"\"%s\" is no phrase of 1 to %d words", phrase, LEXICON_WORDS);
}

static void entry_add(struct lexicon *lexicon, const struct config_file *file,
	const struct config_entry *entry, struct config_errors *errors)
{
	const char *start = entry->value;

	while (*start) {
		size_t length = strcspn(start, ",");
		size_t skip = strspn(start, " \t");
		char phrase[PHRASE_TEXT];

		if (skip < length) {
			size_t end = length;

			while (end > skip && (start[end - 1] == ' ' || start[end - 1] == '\t'))
				end--;
			if (end - skip < sizeof(phrase)) {
				memcpy(phrase, start + skip, end - skip);
				phrase[end - skip] = '\0';
				phrase_add(lexicon, file, entry, phrase, errors);
			}
		}
		start += length + (start[length] == ',');
	}
}

static int name_is_ini(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > 4 && entry->d_name[0] != '.' &&
		strncmp(entry->d_name, IGNORE_FILES, strlen(IGNORE_FILES)) != 0 &&
		strncmp(entry->d_name, REWRITE_FILES, strlen(REWRITE_FILES)) != 0 &&
		strcmp(entry->d_name + length - 4, ".ini") == 0;
}

static int file_add(struct lexicon *lexicon, const char *path, struct config_errors *errors)
{
	struct config_file *file;
	int error = config_file_read(&file, path, errors);

	if (error != OK) {
		config_file_free(file);
		return error;
	}
	for (size_t i = 0; i < file->count; i++) {
		if (file->entries[i].key && *file->entries[i].section)
			entry_add(lexicon, file, &file->entries[i], errors);
	}
	config_file_free(file);
	return OK;
}

int config_lexicon_read(
	struct lexicon *lexicon, const char *directory, struct config_errors *errors)
{
	size_t before = config_errors_count(errors);
	struct sieve *sieve = sieve_new();
	struct ignores *ignores = ignores_new(sieve);
	struct rewrites *rewrites = rewrites_new(sieve);
	struct dirent **names;
	int count = scandir(directory, &names, name_is_ini, alphasort);

	lexicon_rules(lexicon, sieve, ignores, rewrites);
	if (count < 0) {
		config_error(errors, &(struct config_file){.path = directory}, 0, NULL,
			"no such directory");
		return ERR_CONFIG;
	}
	for (int i = 0; i < count; i++) {
		char *path = xasprintf("%s/%s", directory, names[i]->d_name);

		if (file_add(lexicon, path, errors) != OK && config_errors_count(errors) == before)
			config_error(errors, &(struct config_file){.path = path}, 0, NULL,
				"cannot be read");
		free(path);
		free(names[i]);
	}
	free(names);
	count = config_ignore_read(ignores, directory, errors) != OK;
	count += config_rewrite_read(rewrites, directory, errors) != OK;
	sieve_close(sieve);
	if (count)
		return ERR_CONFIG;
	return config_errors_count(errors) > before ? ERR_CONFIG : OK;
}
