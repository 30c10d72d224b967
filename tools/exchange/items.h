/* What is to be sent, as items: values of counts and events of reports for DHIS2. */
#ifndef TOOLS_EXCHANGE_ITEMS_H
#define TOOLS_EXCHANGE_ITEMS_H

#include <jansson.h>

#include "tools/common/ctl_world.h"
#include "tools/exchange/mapping.h"

struct item {
	const char *key;  /* what it is, for ever: element, option, unit, period; or the event's UID */
	const char *state; /* what is said of it: the value, or the report's version */
	json_t *body;
};

struct items {
	struct item *list;
	size_t count, room;
	size_t unmapped; /* units without a UID */
};

/* Counts of each month of the period, of every unit that has a UID. A nought only where somebody
 * reported: what nobody told is no nought. */
int items_of_values(struct ctl_world *world, const struct mapping *mapping, struct period period,
	struct items *out) MUST_CHECK;
/* Counted reports whose day is in the period. */
int items_of_events(struct ctl_world *world, const struct mapping *mapping, struct period period,
	struct items *out) MUST_CHECK;
void items_free(struct items *items);

/* The sum of a count over a unit: an area, or the desa that a puskesmas serves. */
int items_sum(struct ctl_world *world, const char *unit, const char *count, bool stock,
	struct period period, int64_t *sum) MUST_CHECK;

#endif
