/* Changing one's number: the new number confirms with a one-time code. */
#ifndef FLOWS_PROFILE_H
#define FLOWS_PROFILE_H

#include "flows/record/pending.h"

/* Another number than the code: five tries, then the code is void. */
int profile_move_wrong(struct turn *turn, const struct pending *pending) MUST_CHECK;
int profile_move(struct turn *turn, const struct pending *pending) MUST_CHECK;

#endif
