/* Message catalogues: conf/messages/<language>.ini into a struct catalogue, with everything proven.
 */
#ifndef GATEWAY_CONFIG_MESSAGES_H
#define GATEWAY_CONFIG_MESSAGES_H

#include "gateway/ini/config_file.h"

struct catalogue;

/* Reads every *.ini of a directory; the file's name is the language. Each language must have every
 * message, "id" must be there. ERR_CONFIG: errors were added. */
int config_messages_read(struct catalogue *catalogue, const char *directory,
	struct config_errors *errors) MUST_CHECK;

#endif
