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

static int file_read(void *into, const char *path, struct config_errors *errors)
{
	struct ignores *ignores = into;
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
	return config_directory_read(directory, IGNORE_FILES, file_read, ignores, errors);
}
