/* What comes by itself: reminders to kader, summaries to bidan and desa every month, reminders of the
 * weekly report. Each a unique job of the calendar. */
#ifndef FLOWS_REMIND_REMIND_H
#define FLOWS_REMIND_REMIND_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

/* Makes sure that the next of each stands in the store as a deadline. */
int remind_plan(const struct turn *turn) MUST_CHECK;
/* Deadlines "reminder", "summary", "week-desa", "week-puskesmas". */
int remind_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;
int remind_on_summary(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;
int remind_on_week_desa(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;
int remind_on_week_puskesmas(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;

#endif
