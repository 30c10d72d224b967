/* Inside the reader: two keys and then their two values, as forms print them. */
#ifndef PARSERS_PAIRED_H
#define PARSERS_PAIRED_H

#include "parsers/parse/parse.h"

/* "BB/PB : 3000 / 48" written as "BB 3000 PB 48" into the text; true: it changed, and must be cut
 * into tokens again. */
bool pairs_part(const struct parse *parse, char *text, size_t count);

#endif
