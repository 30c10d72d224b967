/* The class of a death: derived, or set by hand by whoever verifies. */
#ifndef FLOWS_CLASS_H
#define FLOWS_CLASS_H

#include "flows/record/record.h"

/* A class of the form by its name, or the word for it that a message uses: "maternal", "bukan
 * maternal", "neonatal early"; NULL: none of the closed list. */
const char *class_named(const struct turn *turn, const struct form *form, const char *text);
/* Missing in a report that is verified, and not needed for its class to count. */
bool class_waives(const struct record *record, const struct problem *problem);
/* The first problem that stands in the way of verifying; NULL. A class that is named needs nothing
 * that it would rest on; of a story not even the rest. The day and the place are always needed. */
const struct problem *class_needs(const struct record *record);
/* Not what the values alone would make it: set by hand. */
bool class_differs(const struct turn *turn, const struct record *record);
/* Set by hand from now on. */
void class_set(const struct turn *turn, struct record *record, const char *class);
/* Set by hand, and the values it rests on changed since `before`: becomes a question of `after`. */
void class_ask(const struct turn *turn, const struct record *before, struct record *after);
/* The classes that fit what the report says so far, for a question. */
size_t class_options(const struct turn *turn, const struct record *record,
	struct option options[OPTIONS_MAX]);

#endif
