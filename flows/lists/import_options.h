/* What an import is asked to do, and what came of it. */
#ifndef FLOWS_IMPORT_OPTIONS_H
#define FLOWS_IMPORT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define IMPORT_LOSS_PERCENT 10

enum import_status { IMPORT_NEW, IMPORT_CHANGED, IMPORT_SAME };

struct import_options {
	const char *what; /* "areas", "puskesmas", "posyandu", "people" */
	const char *path; /* for messages; read when data is NULL */
	const char *data; /* the file's text; NULL */
	size_t length;
	bool dry_run;         /* proves and counts, writes nothing */
	bool replace;         /* what the list does not name becomes inactive */
	bool yes;             /* also when that is more than IMPORT_LOSS_PERCENT of all */
	const char *province; /* "35": only its areas; NULL: all */
	const char *actor;    /* who changes it, for the audit; NULL: none is kept */
	int64_t now;          /* UTC of the audit */
	int timezone;         /* minutes: of the day on which a place closes */
	bool indonesian;      /* how errors are said */
	FILE *errors;         /* "path:line:column: text" */
	/* What would be done or is done with each row, in the order of keys; values: the columns of
	 * its kind, before: what is stored, as one text, NULL for a new one. NULL: nobody wants to
	 * know. */
	void (*plan)(void *context, enum import_status status, const char *const *values,
		const char *before);
	void *context;
};

/* active: stored and active before. */
struct import_result {
	size_t fresh, changed, unchanged, deactivated, errors, active;
};

#endif
