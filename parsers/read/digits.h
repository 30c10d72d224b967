/* Inside the reader: l, i and o that stand for the first digit of a number. */
#ifndef PARSERS_DIGITS_H
#define PARSERS_DIGITS_H

#include "parsers/parse/parse.h"

/* The form is that of the parse, NULL: the one whose keyword the text has. Writes them as digits into the text; true: it changed, and must be cut into tokens again. */
bool digits_spell(struct parse *parse, char *text, size_t count);

#endif
