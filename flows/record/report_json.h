/* A report's fields, problems and notes as the JSON that the store keeps, and back. */
#ifndef FLOWS_REPORT_JSON_H
#define FLOWS_REPORT_JSON_H

#include <jansson.h>

#include "parsers/reader.h"
#include "store/report/report.h"

/* Fills fields, problems, notes, form and status of a row. confirmed: what the sender affirmed,
 * kept in the fields as "_ok", may be NULL; "_auto" lists the values that nobody wrote; "_story"
 * tells that it began without a keyword. Names with _ are no fields. */
void report_to_row(struct arena *arena, const struct report *report, const char *const *confirmed,
	struct report_row *row);
/* ERR_NOT_FOUND: a form that is no longer configured; ERR_SYNTAX: not our JSON. confirmed gets a
 * NULL-terminated list in the arena. */
int report_from_row(const struct reader *reader, struct arena *arena, const struct report_row *row,
	struct report *report, const char *const **confirmed) MUST_CHECK;

/* Before any JSON, in each program: what jansson has no memory for ends it, as with util.h. Else a text
 * would look like none, and what waits for an answer like nothing. */
void json_memory(void);
/* The JSON as text in the arena; decrefs it. */
char *json_to_arena(struct arena *arena, json_t *json);

#endif
