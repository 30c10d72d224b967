/* The evaluation of a quarter, unasked, to dinkes and each puskesmas. */
#ifndef FLOWS_REMIND_EVALUATION_H
#define FLOWS_REMIND_EVALUATION_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

/* Deadline "quarter". */
int evaluation_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;

#endif
