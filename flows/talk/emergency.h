/* Emergencies: whoever is near is alerted, and what follows goes to the same people for a while. */
#ifndef FLOWS_EMERGENCY_H
#define FLOWS_EMERGENCY_H

#include "flows/turn/turn.h"

/* What is no command, report or answer behind an emergency of the last hour belongs to it: *done when
 * it was passed on, and put into the inbox as a cry. */
int emergency_go_on(struct turn *turn, bool *done) MUST_CHECK;

#endif
