/* The readers of the human inbox: what people wrote goes to the bidan or puskesmas of their area. */
#ifndef FLOWS_INBOX_H
#define FLOWS_INBOX_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

/* Puts the message into the inbox, once, and sees to it that somebody near reads it. */
int human_put(struct turn *turn) MUST_CHECK;
/* The same for what was passed on already: a record for the screen. */
int human_put_only(struct turn *turn) MUST_CHECK;
/* Something waits: it is passed on at the next hour of work, unless that is planned already. */
int inbox_plan(const struct turn *turn) MUST_CHECK;
/* Deadline "inbox": bundles what is new for each reader; what nobody answered for a day goes one
 * level up. */
int inbox_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;
/* JAWAB 12 text: to whoever wrote message 12. */
int inbox_answer(struct turn *turn) MUST_CHECK;

#endif
