/* What comes by itself every month: reminders to kader, summaries to bidan and desa. Each a unique
 * job. */
#ifndef FLOWS_REMIND_H
#define FLOWS_REMIND_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

/* Makes sure that the next reminder and summary stand in the store as deadlines. */
int remind_plan(const struct turn *turn) MUST_CHECK;
/* Deadlines "reminder" and "summary". */
int remind_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;
int remind_on_summary(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;

#endif
