/* Outbreaks that are open: sessions of the store, a row for each place and disease. */
#ifndef FLOWS_OUTBREAK_OPEN_H
#define FLOWS_OUTBREAK_OPEN_H

#include <jansson.h>

#include "flows/turn/turn.h"

#define OUTBREAK_KIND	     "outbreak"
#define OUTBREAK_DAY_SECONDS 86400

/* {"sum":…,"ref":…}; *out NULL: none is open. The caller owns it. */
int outbreak_open_load(const struct turn *turn, const char *key, json_t **out) MUST_CHECK;
/* Takes it. */
int outbreak_open_save(
	const struct turn *turn, const char *key, json_t *open, int64_t expires) MUST_CHECK;
int outbreak_open_drop(const struct turn *turn, const char *key) MUST_CHECK;
/* All that are open now. */
struct outbreak_row {
	const char *form, *place, *kind; /* a desa or a unit; a code, or the field of a week */
	const char *ref; /* by which it was told last */
	long sum;
};
typedef void outbreak_each(const struct outbreak_row *row, void *context);
int outbreak_open_each(const struct turn *turn, outbreak_each *each, void *context) MUST_CHECK;

#endif
