/* The usage lines of the command table, read as data: which words may follow a command, which
 * options it takes. Completion and the place of options on the command line come from them, so that
 * nothing is written down twice.
 *
 *     import areas|people FILE.csv [--dry-run] | import peta FILE
 *
 * gives the words areas, people, peta and the option --dry-run.
 */
#ifndef TOOLS_CTL_USAGE_H
#define TOOLS_CTL_USAGE_H

#include "parsers/text/util.h"

/* Calls take for each word that may stand right behind the name; it is not terminated. */
void usage_words(const char *usage, void (*take)(const char *word, size_t length, void *context),
	void *context);
/* Calls take for each "--option", once, with whether a value follows it. */
void usage_options(const char *usage,
	void (*take)(const char *option, size_t length, bool value, void *context), void *context);
/* Is "--option" (or "--option=…") one of the usage? *value: does its value stand behind it? */
bool usage_has(const char *usage, const char *argument, bool *value);

#endif
