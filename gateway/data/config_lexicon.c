/* Reads the word lists of a directory into one lexicon. */
#include "gateway/data/config_lexicon.h"

#include "gateway/data/config_faq.h"
#include "gateway/data/config_ignore.h"
#include "gateway/data/config_rewrite.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PHRASE_TEXT 120

struct line {
	struct lexicon *lexicon;
	const struct config_file *file;
	const struct config_entry *entry;
	struct config_errors *errors;
};

/* A phrase with a gap in it, <class>, and what stands around the gap. */
struct gap {
	const struct line *line;
	const char *front, *behind;
	int front_length;
};

static void phrase_add(const struct line *line, const char *phrase);

static int gap_fill(const struct lexicon_entry *entry, void *context)
{
	const struct gap *gap = context;
	char phrase[PHRASE_TEXT];

	snprintf(phrase, sizeof(phrase), "%.*s%s%s", gap->front_length, gap->front, entry->phrase,
		gap->behind);
	phrase_add(gap->line, phrase);
	return 0;
}

/* "<sesudah> <bersalin>": with each phrase of that class, which stands further up. */
static bool phrase_has_gap(const struct line *line, const char *phrase)
{
	const char *open = strchr(phrase, '<'), *close = open ? strchr(open, '>') : NULL;
	char name[PHRASE_TEXT];
	struct gap gap;

	if (!close)
		return false;
	snprintf(name, sizeof(name), "%.*s", (int)(close - open - 1), open + 1);
	gap = (struct gap){line, phrase, close + 1, (int)(open - phrase)};
	if (lexicon_class(line->lexicon, name) < 0)
		config_error(line->errors, line->file, line->entry->line, phrase,
			"no class [%s] further up", name);
	(void)lexicon_each(line->lexicon, name, gap_fill, &gap);
	return true;
}

static void phrase_add(const struct line *line, const char *phrase)
{
	const struct config_entry *entry = line->entry;
	int error;

	if (phrase_has_gap(line, phrase))
		return;
	error = lexicon_add(line->lexicon, entry->section, entry->key, phrase);
	if (error == ERR_EXISTS)
		config_error(line->errors, line->file, entry->line, phrase,
			"\"%s\" means something else in [%s] already", phrase, entry->section);
	else if (error != OK)
		config_error(line->errors, line->file, entry->line, phrase,
			"\"%s\" is no phrase of 1 to %d words", phrase, LEXICON_WORDS);
}

static void entry_add(const struct line *line)
{
	const char *start = line->entry->value;

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
				phrase_add(line, phrase);
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
		strncmp(entry->d_name, FAQ_FILES, strlen(FAQ_FILES)) != 0 &&
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
			entry_add(&(struct line){lexicon, file, &file->entries[i], errors});
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
