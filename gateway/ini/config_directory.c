/* The INI files of a directory: see config_directory.h. */
#include "gateway/ini/config_directory.h"

#include <stdlib.h>
#include <string.h>

static int name_is_ini(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > 4 && entry->d_name[0] != '.' &&
		strcmp(entry->d_name + length - 4, ".ini") == 0;
}

int config_directory(const char *directory, const char *begins, struct dirent ***names)
{
	int found = scandir(directory, names, name_is_ini, alphasort), kept = 0;

	for (int i = 0; i < found; i++) {
		if (strncmp((*names)[i]->d_name, begins, strlen(begins)) == 0)
			(*names)[kept++] = (*names)[i];
		else
			free((*names)[i]);
	}
	return found < 0 ? found : kept;
}

int config_directory_read(const char *directory, const char *begins,
	int (*read)(void *into, const char *path, struct config_errors *errors), void *into,
	struct config_errors *errors)
{
	size_t before = config_errors_count(errors);
	struct dirent **names;
	int count = config_directory(directory, begins, &names);

	for (int i = 0; i < count; i++) {
		char *path = xasprintf("%s/%s", directory, names[i]->d_name);

		if (read(into, path, errors) != OK && config_errors_count(errors) == before)
			config_error(errors, &(struct config_file){.path = path}, 0, NULL,
				"cannot be read");
		free(path);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
	return config_errors_count(errors) > before ? ERR_CONFIG : OK;
}
