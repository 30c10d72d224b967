/* Which case a report belongs to (parsers/form/form_case.h): by the name of whose it is, in its desa,
 * with a due day that is near. */
#ifndef FLOWS_CASE_FIND_H
#define FLOWS_CASE_FIND_H

#include "flows/record/record.h"
#include "store/report/case.h"

#define CASE_OPEN "open"
#define CASE_LOST "hilang" /* ended by silence: a later report opens it again */
#define CASE_OVER "selesai" /* its time is over */
#define CASE_MOST 400 /* open ones of a desa that are compared by name */

enum case_found {
	CASE_NONE,
	CASE_ONE,
	CASE_OTHER,   /* one of that very name is open, and expected on another day */
	CASE_DOUBTED, /* ... and otherwise than told, or only of a name alike: in case_doubt() */
	CASE_SEVERAL  /* of one name: which is not told */
};

#define CASE_ANOTHER "_lain" /* confirmed: it is somebody else of that name */

/* For a report as it is before it is written. With CASE_SEVERAL `out` has room for OPTIONS_MAX rows
 * and *count says how many; else it has the one row. */
int case_find(const struct turn *turn, const struct record *record, struct case_row *out,
	size_t *count, enum case_found *found) MUST_CHECK;
/* The open one of a form that is of this person: by the very name, else by one alike. */
typedef bool case_fits(const struct case_row *row, const void *context);
int case_of_person(const struct turn *turn, const struct form *form, const char *area,
	const char *name, case_fits *fits, const void *context, struct case_row *out,
	bool *found) MUST_CHECK;

/* A case was written: what was looked for is looked for again. */
void case_forget(const struct turn *turn);

/* What follows from the case: which contact it is, and who saw her. Silent when it is told. */
int case_fill(const struct turn *turn, struct record *record) MUST_CHECK;
/* Asks what only the case knows: another day than the open one's, which of two of one name. */
int case_ask(const struct turn *turn, struct record *record) MUST_CHECK;
/* Whether the report is a contact at all. */
bool case_contact(const struct turn *turn, const struct report *report);

/* Who is no health worker has told what others did: it is no contact of theirs, and stays a remark. */
void case_seen_by(const struct turn *turn, struct record *record);

#endif
