/* Inside the reader: signs that stand for a number. */
#ifndef PARSERS_DIGITS_H
#define PARSERS_DIGITS_H

#include "parsers/parse/parse.h"

/* l, i and o that are the first digit of a number, written as digits into the text; true: it
 * changed, and must be cut into tokens again. The form is that of the parse, NULL: the one whose
 * keyword the text has. */
bool digits_spell(struct parse *parse, char *text, size_t count);
/* The same of dashes that hold the place of a count that is 0. */
bool dashes_count(struct parse *parse, char *text, size_t count);

#endif
