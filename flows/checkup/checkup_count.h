/* Anonymous counts of questionnaires: by checkup, desa ("" when it was not told) and month. */
#ifndef FLOWS_CHECKUP_COUNT_H
#define FLOWS_CHECKUP_COUNT_H

#include "flows/turn/turn.h"

#define CHECKUP_LIMIT  "checkup"  /* counter of a day: questionnaires of a phone, by its hash */
#define CHECKUP_COUNTS "skrining" /* counters of a month */

/* The sender's phone as the limit knows it: a keyed hash, the same within a day only. */
const char *checkup_hash(const struct turn *turn);
int checkup_count(const struct turn *turn, const char *checkup, bool red, const char *desa) MUST_CHECK;

struct checkup_sum {
	int64_t all, red;
};
/* Of a questionnaire (NULL: all) in the areas of a period's months. */
typedef bool checkup_inside(const char *desa, const void *context);
int checkup_sums(const struct turn *turn, const char *checkup, struct period period,
	checkup_inside *inside, const void *context, struct checkup_sum *out) MUST_CHECK;

#endif
