/* Changing one's number: the new number confirms with a one-time code. */
#ifndef FLOWS_PROFILE_H
#define FLOWS_PROFILE_H

#include "flows/record/pending.h"

/* Another number than the code: five tries, then the code is void. */
/* A code, to the question for one; only: nothing else is asked of this phone. */
int profile_code(struct turn *turn, const struct pending *pending, bool only, const char *text,
	bool *done) MUST_CHECK;

#endif
