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
