/* Inside the reader: why a text was read as it was, in words. Silent unless the context asks. */
#ifndef PARSERS_EXPLAIN_H
#define PARSERS_EXPLAIN_H

#include "parsers/parse/parse.h"

/* The region that was taken, what opened it at a token, and what was left out in front of its end. */
void explain_region(const struct parse *parse, const char *opened, size_t at, size_t end);
void explain_parse(const struct parse *parse);
void explain_reading(const struct read_context *context, const struct reading *reading);

#endif
