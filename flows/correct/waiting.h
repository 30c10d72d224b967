/* What waits for SETUJU or TOLAK of the sender: registrations, wishes about reports, and what was
 * told from outside. */
#ifndef FLOWS_CORRECT_WAITING_H
#define FLOWS_CORRECT_WAITING_H

#include "flows/turn/turn.h"

/* SETUJU, TOLAK alone: a registration, when that is all that waits. What else waits is shown, and
 * decided by its reference. */
int waits_decide(struct turn *turn, const char *command) MUST_CHECK;

#endif
