/* The INI files of a directory. */
#ifndef GATEWAY_CONFIG_DIRECTORY_H
#define GATEWAY_CONFIG_DIRECTORY_H

#include <dirent.h>

/* Those whose names begin so ("": all but hidden ones), in the order of their names: as scandir()
 * gives them, to be freed alike; negative: no such directory. */
int config_directory(const char *directory, const char *begins, struct dirent ***names);

#endif
