/* Inside the reader: the small helpers that reading, deriving and judging share. */
#ifndef PARSERS_VALUES_H
#define PARSERS_VALUES_H

#include "parsers/form/form_field.h"

struct form;

/* Adds a problem; the field's first one stays. NULL: there is one already, or no room. */
struct problem *report_problem(struct report *report, const char *field, enum problem_code code);
void report_note(struct report *report, const char *note);

char *text_upper_ascii(struct arena *arena, const char *text);

/* Sets a value (replacing an older one; text NULL removes it). */
void report_set(struct report *report, struct arena *arena, const struct value *value);
/* The same of texts that stay where they are. */
void report_put(struct report *report, struct arena *arena, const struct value *value);
/* Neither a value of the field (NULL: none) nor a question about it; only_missing: what is asked
 * of it otherwise stays. */
void report_forget(struct report *report, const char *field, bool only_missing);

/* Takes out all that `drops` names. */
typedef bool report_drops(
	const struct form *form, const struct value *value, const void *what);
void report_drop(struct report *report, report_drops *drops, const void *what);

/* A value that nobody wrote; whether a field may have one. */
void report_set_default(
	struct report *report, struct arena *arena, const char *field, const char *text);
bool report_wants(const struct report *report, const char *field);

/* The form's field of a value; NULL: it has none of that name. */
const struct form_field *report_field(const struct form *form, const struct value *value);
bool report_has_problem(const struct report *report, const char *field);

#endif
