/* A reading as one JSON object: the contract of `kabarctl read`. */
#ifndef FLOWS_READING_JSON_H
#define FLOWS_READING_JSON_H

#include "parsers/form/reading.h"

/* One line without newline; reply NULL: none. The caller frees it with free(). */
char *reading_json(const struct reading *reading, const char *reply) MUST_CHECK;

#endif
