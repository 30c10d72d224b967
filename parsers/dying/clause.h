/* Inside the reader: where a clause ends, and whether one tells a day. */
#ifndef PARSERS_CLAUSE_H
#define PARSERS_CLAUSE_H

#include "parsers/parse/parse.h"

/* The clause that holds a token ends in front of it: no comma, no full stop, no question mark, no
 * line's end inside. */
bool clause_ends_before(const struct token *token);
/* A day that is not to come is told among the tokens. */
bool says_past_day(const struct parse *parse, size_t first, size_t last);

#endif
