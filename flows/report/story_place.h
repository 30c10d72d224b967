/* The desa that a story or a stranger's message names, where the form itself has none. */
#ifndef FLOWS_STORY_PLACE_H
#define FLOWS_STORY_PLACE_H

#include "flows/turn/turn.h"

/* The only place that a level word announces ("ds wonocoyo", "kec panggul"); NULL: none, or it is
 * not clear. */
const struct area *story_place(const struct turn *turn);

#endif
