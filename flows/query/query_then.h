/* Several questions of one message. */
#ifndef FLOWS_QUERY_THEN_H
#define FLOWS_QUERY_THEN_H

#include "flows/turn/turn.h"

int query_then(struct turn *turn) MUST_CHECK; /* what is asked beside what the answer tells */
/* query.c: one question; the next page of a list. */
int query_one(struct turn *turn) MUST_CHECK;
int query_more(struct turn *turn) MUST_CHECK;

#endif
