/* Inside the reader: the report that there was none of a form's events in a month. */
#ifndef PARSERS_NIHIL_H
#define PARSERS_NIHIL_H

#include "parsers/parse/parse.h"

/* A report of the form says by itself that there was nothing: a session not held, a total of 0. */
bool form_says_none(const struct form *form);
/* "None", told in the tokens [first, last) of so many, of the form that is read (parse->index). The
 * month is its own, the one that the message names for all, or this one. */
void nihil_add(
	struct parse *parse, size_t first, size_t last, size_t count, struct reading *out);

#endif
