/* Whose week a weekly report tells. */
#ifndef PARSERS_UNIT_H
#define PARSERS_UNIT_H

#include "parsers/parse/parse.h"

/* Another unit than the teller's own is named. */
void unit_find(struct parse *parse, struct report *report);
/* The unit that was answered: his own by its name, or none at all. */
void unit_check(
	struct arena *arena, const struct read_context *context, struct report *report);

#endif
