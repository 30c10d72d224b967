/* Changing one's number: the new number confirms with a one-time code. */
#ifndef FLOWS_PROFILE_H
#define FLOWS_PROFILE_H

#include "flows/pending.h"

int profile_move(struct turn *turn, const struct pending *pending) MUST_CHECK;

#endif
