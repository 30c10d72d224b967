/* Several questions of one message. */
#ifndef FLOWS_QUERY_THEN_H
#define FLOWS_QUERY_THEN_H

#include "flows/turn/turn.h"

int query_then(struct turn *turn) MUST_CHECK; /* what is asked beside what the answer tells */
/* query.c: one question; the next page of a list. */
int query_one(struct turn *turn) MUST_CHECK;
int query_more(struct turn *turn) MUST_CHECK;
/* query_follow.c: of a message that is nothing by itself. done: what was asked last is answered with this
 * part of it changed ("kalau juni?", "per desa?"); else nothing has changed. */
int query_follow(struct turn *turn, bool *done) MUST_CHECK;

#endif
