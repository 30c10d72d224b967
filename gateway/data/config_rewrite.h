/* conf/lexicon/rewrite*.ini: [name] pattern, with, example. */
#ifndef GATEWAY_CONFIG_REWRITE_H
#define GATEWAY_CONFIG_REWRITE_H

#include "gateway/ini/config_file.h"
#include "parsers/words/rewrite.h"

#define REWRITE_FILES "rewrite" /* how their names begin */

int config_rewrite_read(
	struct rewrites *rewrites, const char *directory, struct config_errors *errors) MUST_CHECK;

#endif
