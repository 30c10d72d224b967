/* One value for one field, by the recognisers of a whole report. */
#ifndef PARSERS_READ_FIELD_H
#define PARSERS_READ_FIELD_H

#include "parsers/parse/reader_forms.h"

struct scratch;

/* Reads one value for one field, as an answer, a correction or a USSD page gives it. OK: *out holds
 * it; else *problem says why (ERR_SYNTAX invalid, ERR_RANGE range or future, ERR_AMBIGUOUS with
 * options). */
int reader_read_field(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const struct form *form, const char *field,
	const char *text, struct value *out, struct problem *problem) MUST_CHECK;
/* The same for a report that is known so far: an age without a unit that nothing settles is asked.
 */
int reader_read_value(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const struct report *report, const char *field,
	const char *text, struct value *out, struct problem *problem) MUST_CHECK;

#endif
