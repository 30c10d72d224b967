/* Which messages may be the answer to an open question. */
#ifndef FLOWS_ANSWER_ANSWER_MAY_H
#define FLOWS_ANSWER_ANSWER_MAY_H

#include "flows/turn/turn.h"

const char *answer_text_of(const struct turn *turn); /* folded, where it was read */
bool answer_may(const struct turn *turn);
/* 119, perdarahan: an emergency that may be just what was asked for. */
bool answer_cry(const struct turn *turn);
bool answer_tells_none(const struct reading *reading); /* NIHIL: a report of its own */

#endif
