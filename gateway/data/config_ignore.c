/* Reads and proves the rules of what is ignored: see config_ignore.h. */
#include "gateway/data/config_ignore.h"

#include <stdlib.h>
#include <string.h>

#include "gateway/ini/config_directory.h"

static void rule_add(struct ignores *ignores, const struct config_file *file,
	const struct config_entry *entry, struct config_errors *errors)
{
	char detail[160], name[80];
	size_t at;

	snprintf(name, sizeof(name), "%s.%s", entry->section, entry->key);
	if (ignores_add(ignores, name, entry->value, detail, sizeof(detail), &at) != OK)
		config_error(errors, file, entry->line, entry->value,
			"the pattern of \"%s\" cannot be used: %s (at its octet %zu)", entry->key,
			detail, at + 1);
}

static int file_read(struct ignores *ignores, const char *path, struct config_errors *errors)
{
	struct config_file *file;
	int error = config_file_read(&file, path, errors);

	if (error != OK)
		return error;
	for (size_t i = 0; i < file->count; i++) {
		const struct config_entry *entry = &file->entries[i];

		if (entry->key && *entry->section)
			rule_add(ignores, file, entry, errors);
		else if (entry->key)
			config_error(errors, file, entry->line, entry->key,
				"\"%s\" stands in no section", entry->key);
	}
	config_file_free(file);
	return OK;
}

int config_ignore_read(
	struct ignores *ignores, const char *directory, struct config_errors *errors)
{
	size_t before = config_errors_count(errors);
	struct dirent **names;
	int count = config_directory(directory, IGNORE_FILES, &names);

	for (int i = 0; i < count; i++) {
		char *path = xasprintf("%s/%s", directory, names[i]->d_name);

		if (file_read(ignores, path, errors) != OK &&
			config_errors_count(errors) == before)
			config_error(errors, &(struct config_file){.path = path}, 0, NULL,
				"cannot be read");
		free(path);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
	return config_errors_count(errors) > before ? ERR_CONFIG : OK;
}
