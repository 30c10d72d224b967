/* A stillbirth that turns out to have lived, if only for an hour: it brings its live birth. */
#ifndef FLOWS_LIVED_H
#define FLOWS_LIVED_H

#include "flows/change/change.h"

/* Behind the gate: the birth is told, linked with the death; of one that was born dead after all it
 * is cancelled again. change->birth says what came of it. */
int lived_follow(struct turn *turn, struct change *change) MUST_CHECK;
/* The answer names the birth, and asks what it lacks. */
void lived_say(struct turn *turn, const struct change *change);

#endif
