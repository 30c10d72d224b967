/* Texts about reports: what was read, what is missing, what is asked. Needs no store: the flows and
 * `kabarctl read` use it alike. Every reply is one SMS of at most 160 septets; never a NIK.
 */
#ifndef FLOWS_REPLY_H
#define FLOWS_REPLY_H

#include "parsers/reader.h"

struct catalogue;

struct reply_context {
	const struct catalogue *catalogue;
	const struct gazetteer *places;
	const struct reader *reader;
	const struct sender *sender; /* whose language */
	struct arena *arena;
	struct moment now;
};

/* The reply to a whole reading, without a store behind it (no reference, no pending question, no
 * counts): what `kabarctl read` shows. NULL for intent ignore. */
char *reply_compose(const struct reply_context *context, const struct reading *reading);

/* One stored report; ref NULL: none was given. The status and problems decide what is said. */
char *reply_report(const struct reply_context *context, const struct report *report, const char *ref);
/* Several reports of one SMS; refs[i] may be NULL. */
char *reply_reports(const struct reply_context *context, const struct report *const *reports,
	const char *const *refs, size_t count);

/* "Siti Aminah, L 3200g 49cm, 12/8/24, PKM, bidan, hidup": what was read, in the form's order. */
char *reply_echo(const struct reply_context *context, const struct report *report);
/* What one problem asks: "Jenis kelamin bayi? Balas L atau P." */
char *reply_ask(const struct reply_context *context, const struct report *report, const struct problem *problem);
/* A value as people write it: "SITI AMINAH" → "Siti Aminah", "2024-08-12" → "12/8/24", "48.5" → "48,5",
 * "P11M29D" → "11 bln 29 hr", "BIDAN" → "bidan". */
char *reply_value(const struct reply_context *context, const struct value *value);
/* The field's label in the sender's language: "jenis kelamin". */
const char *reply_label(const struct reply_context *context, const struct form *form, const char *field);

#endif
