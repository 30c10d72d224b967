/* The INI files of a directory. */
#ifndef GATEWAY_CONFIG_DIRECTORY_H
#define GATEWAY_CONFIG_DIRECTORY_H

#include <dirent.h>

#include "gateway/ini/config_file.h"

/* Those whose names begin so ("": all but hidden ones), in the order of their names: as scandir()
 * gives them, to be freed alike; negative: no such directory. */
int config_directory(const char *directory, const char *begins, struct dirent ***names);
/* Reads each of them into what is being filled; a file that cannot be read is an error among those
 * that it counts. ERR_CONFIG when there are any. */
int config_directory_read(const char *directory, const char *begins,
	int (*read)(void *into, const char *path, struct config_errors *errors), void *into,
	struct config_errors *errors);

#endif
