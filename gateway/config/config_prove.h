/* What the configuration says of this machine: directories, files and their rights. Looks, and
 * changes nothing; opens no database and no socket.
 *
 * What would keep kabard from starting or a link from connecting is an error; what may be so for
 * good reason (no store yet, rights of another user) is a note.
 */
#ifndef GATEWAY_CONFIG_PROVE_H
#define GATEWAY_CONFIG_PROVE_H

#include "gateway/config/config_main.h"

/* config was loaded from path without an error. */
void config_prove(
	const struct config_main *config, const char *path, struct config_errors *errors);

#endif
