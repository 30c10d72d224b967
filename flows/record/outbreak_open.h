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
/* Those of a form that are open at a place that is inside; *ref: of one of them. */
typedef bool outbreak_inside(const char *place, const void *context);
int outbreak_open_count(const struct turn *turn, const char *form, outbreak_inside *inside,
	const void *context, int64_t *count, const char **ref) MUST_CHECK;

#endif
