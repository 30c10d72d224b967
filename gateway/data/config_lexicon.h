/* Word lists: conf/lexicon/<any name>.ini, sections are classes, `CANONICAL = phrase, phrase`. */
#ifndef GATEWAY_CONFIG_LEXICON_H
#define GATEWAY_CONFIG_LEXICON_H

#include "gateway/ini/config_file.h"
#include "parsers/words/lexicon.h"

/* Reads every *.ini of a directory into the lexicon; a class may be spread over files, so a
 * district adds words with a file of its own. ERR_CONFIG: errors were added. */
int config_lexicon_read(
	struct lexicon *lexicon, const char *directory, struct config_errors *errors) MUST_CHECK;

#endif
