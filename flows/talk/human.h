/* The human inbox: what no flow can answer waits there for people. */
#ifndef FLOWS_HUMAN_H
#define FLOWS_HUMAN_H

#include "flows/turn/turn.h"

/* Puts the message into the inbox, and sees to it that somebody near reads it. */
int human_put(const struct turn *turn) MUST_CHECK;
/* The same for what was passed on already: a record for the screen. */
int human_put_only(const struct turn *turn) MUST_CHECK;
/* Thanks are answered once a day, "ok" not at all; nobody needs to read either. */
int courtesy_handle(struct turn *turn) MUST_CHECK;

#endif
