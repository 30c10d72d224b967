/* What a bidan hears of by itself, once a day in one hour: on its day of the week whom she expects,
 * who is past her day with nothing heard, what should have followed a birth and was not told, and the
 * news of the day before. Cases that nothing is heard of end here. */
#ifndef FLOWS_REMIND_CARE_H
#define FLOWS_REMIND_CARE_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

/* Makes sure that the next day's stands in the store as a deadline. */
int care_plan(const struct turn *turn) MUST_CHECK;
int care_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;

#endif
