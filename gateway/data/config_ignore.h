/* conf/lexicon/ignore*.ini: [kind] name = pattern. */
#ifndef GATEWAY_CONFIG_IGNORE_H
#define GATEWAY_CONFIG_IGNORE_H

#include "gateway/ini/config_file.h"
#include "parsers/words/ignore.h"

#define IGNORE_FILES "ignore" /* how their names begin; the others of the directory are word lists */

int config_ignore_read(
	struct ignores *ignores, const char *directory, struct config_errors *errors) MUST_CHECK;

#endif
