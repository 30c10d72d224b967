/* What we offered to type comes back as it stands, and not at once: a command, a question or a
 * practice is heard, an example of a report is told to be one and never counted. */
#ifndef FLOWS_OFFERED_H
#define FLOWS_OFFERED_H

#include "flows/turn/turn.h"

/* Before the reading: what is heard is no text of ours (turn->loop), an example is noted. */
void offered_look(struct turn *turn);

#endif
