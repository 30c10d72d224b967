/* Reads and proves the rules that change a text before it is read: see config_rewrite.h. */
#include "gateway/data/config_rewrite.h"

#include <stdlib.h>
#include <string.h>

#include "gateway/ini/config_directory.h"
#include "parsers/text/text.h"

#define BECOMES " => "

/* One section: what it says, and on which lines. */
struct section {
	const struct config_file *file;
	const struct config_entry *pattern, *with, *example;
};

/* One blank for many and for a new line, none at the ends: how the example and its result are
 * compared. */
static char *plain(struct arena *arena, const char *text)
{
	char *out = arena_strdup(arena, text), *to = out;

	for (const char *c = text + strspn(text, " \n"); *c; c++) {
		if (*c == '\n')
			*to++ = ' ';
		else if (*c != ' ' || (c[1] && c[1] != ' '))
			*to++ = *c;
	}
	*to = '\0';
	return out;
}

static void prove_example(const struct rewrites *rewrites, const struct section *section,
	struct config_errors *errors)
{
	const char *example = section->example->value, *becomes = strstr(example, BECOMES);
	struct arena *arena = arena_new();
	char *told, *made;

	if (!becomes) {
		config_error(errors, section->file, section->example->line, example,
			"an example is \"text%sresult\"", BECOMES);
	} else {
		told = arena_strndup(arena, example, (size_t)(becomes - example));
		made = plain(arena, rewrites_try(rewrites, arena, text_fold(arena, told)));
		if (strcmp(made, plain(arena, becomes + strlen(BECOMES))) != 0)
			config_error(errors, section->file, section->example->line, example,
				"the rule makes \"%s\" of it", made);
	}
	arena_free(arena);
}

static void rule_add(
	struct rewrites *rewrites, const struct section *section, struct config_errors *errors)
{
	char detail[160];
	size_t at;

	if (!section->pattern)
		return;
	if (!section->example) {
		config_error(errors, section->file, section->pattern->line,
			section->pattern->section, "the rule [%s] has no example",
			section->pattern->section);
		return;
	}
	if (rewrites_add(rewrites, section->pattern->section, section->pattern->value,
		section->with ? section->with->value : "", detail, sizeof(detail), &at) != OK)
		config_error(errors, section->file, section->pattern->line, section->pattern->value,
			"the pattern of [%s] cannot be used: %s (at its octet %zu)",
			section->pattern->section, detail, at + 1);
	else
		prove_example(rewrites, section, errors);
}

static int file_read(void *into, const char *path, struct config_errors *errors)
{
	struct rewrites *rewrites = into;
	struct config_file *file;
	struct section section = {0};
	const char *name = "";
	int error = config_file_read(&file, path, errors);

	if (error != OK)
		return error;
	for (size_t i = 0; i < file->count; i++) {
		const struct config_entry *entry = &file->entries[i];

		if (!entry->key)
			continue;
		if (strcmp(entry->section, name) != 0) {
			rule_add(rewrites, &section, errors);
			section = (struct section){.file = file};
			name = entry->section;
		}
		if (strcmp(entry->key, "pattern") == 0)
			section.pattern = entry;
		else if (strcmp(entry->key, "with") == 0)
			section.with = entry;
		else if (strcmp(entry->key, "example") == 0)
			section.example = entry;
		else
			config_error(errors, file, entry->line, entry->key,
				"a rule has pattern, with and example, no \"%s\"", entry->key);
	}
	rule_add(rewrites, &section, errors);
	config_file_free(file);
	return OK;
}

int config_rewrite_read(
	struct rewrites *rewrites, const char *directory, struct config_errors *errors)
{
	return config_directory_read(directory, REWRITE_FILES, file_read, rewrites, errors);
}
