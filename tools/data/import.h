/* CSV lists into the store: areas, puskesmas, posyandu, people. Used by kabarctl import and
 * kabarctl play. */
#ifndef TOOLS_IMPORT_H
#define TOOLS_IMPORT_H

#include <stdio.h>

#include "store/store.h"

#define IMPORT_LOSS_PERCENT 10

struct import_options {
	const char *what; /* "areas", "puskesmas", "posyandu", "people" */
	const char *path; /* for messages; read when data is NULL */
	const char *data; /* the file's text; NULL */
	size_t length;
	bool dry_run; /* proves and counts, writes nothing */
	bool replace; /* what the list does not name becomes inactive */
	bool yes; /* also when that is more than IMPORT_LOSS_PERCENT of all */
	const char *province; /* "35": only its areas; NULL: all */
	const char *actor; /* who changes it, for the audit; NULL: none is kept */
	int64_t now; /* UTC of the audit */
	FILE *errors; /* "path:line:column: text" */
};

/* active: stored and active before. */
struct import_result {
	size_t fresh, changed, unchanged, deactivated, errors, active;
};

/* The kinds, for a usage text; NULL-terminated. */
extern const char *const import_kinds[];

/* Proves the whole list first, then writes in batches under 50 ms while a gateway runs. ERR_CONFIG:
 * the list has errors (all were printed) and nothing was written; ERR_SYSTEM: not readable
 * (printed); ERR_NOT_FOUND: no such kind; ERR_LIMIT: too many would become inactive, nothing was
 * written. A store's error in the middle leaves a part; importing
 * the same list again completes it. */
int import_file(struct store *store, const struct import_options *options,
	struct import_result *result) MUST_CHECK;

#endif
