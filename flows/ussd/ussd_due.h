/* Sessions that nobody answers any more. */
#ifndef FLOWS_USSD_DUE_H
#define FLOWS_USSD_DUE_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

/* Deadline "ussd": ends the session, or looks again when it was answered meanwhile. */
int ussd_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;

#endif
