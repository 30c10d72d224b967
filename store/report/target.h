/* Yearly target populations (sasaran): how many live births, pregnant women, under-fives are expected in a
 * desa, or in what a puskesmas serves. */
#ifndef STORE_REPORT_TARGET_H
#define STORE_REPORT_TARGET_H

#include "store/base/store.h"

struct target_row {
	const char *place; /* code of a desa, or a puskesmas id */
	const char *name;  /* "bumil" */
	int year;
	int64_t value;
};

/* In place of an older one; *changed: it was another, or none. */
int store_target_put(
	struct store *store, const struct target_row *row, bool *changed) MUST_CHECK;
/* All of a name and year, by place; stops when each() returns non-zero. */
int store_target_each(struct store *store, const char *name, int year,
	int (*each)(const struct target_row *row, void *context), void *context) MUST_CHECK;

#endif
