/* Inside the reader: reports under one heading. */
#ifndef PARSERS_READER_LIST_H
#define PARSERS_READER_LIST_H

#include "parsers/parse/reader_index.h"

/* The folded text with the heading's keyword and desa in each line of its list, with its desa in
 * each line that a keyword opens; the text itself, when there is none. */
char *listing_spread(const struct reader *reader, struct arena *arena, char *text);

#endif
