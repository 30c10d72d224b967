/* Inside the reader: what is asked is not told. */
#ifndef PARSERS_QUESTION_H
#define PARSERS_QUESTION_H

#include "parsers/field/parse.h"

bool message_asks(const struct parse *parse, size_t count);
/* The clause around a token asks. */
bool question_about(const struct parse *parse, size_t at, size_t count);

#endif
