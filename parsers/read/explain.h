/* Inside the reader: why a text was read as it was, in words. Silent unless the context asks. */
#ifndef PARSERS_EXPLAIN_H
#define PARSERS_EXPLAIN_H

#include "parsers/field/parse.h"

void explain_parse(const struct parse *parse);
void explain_reading(const struct read_context *context, const struct reading *reading);

#endif
