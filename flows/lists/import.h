/* CSV lists into the store: areas, puskesmas, posyandu, people. Used by kabarctl import and
 * kabarctl play. */
#ifndef FLOWS_IMPORT_H
#define FLOWS_IMPORT_H

#include "store/base/store.h"
#include "flows/lists/import_options.h"

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
