/* What is linked with a report, followed both ways. Inside the gate: change.h. */
#ifndef FLOWS_LINKS_H
#define FLOWS_LINKS_H

#include "flows/change/change_state.h"

/* The report has ended: what it replaced comes back, else the most complete telling that was linked
 * with it takes its place. */
int links_inherit(struct turn *turn, struct change *change) MUST_CHECK;
/* A correction makes it another event: what it had replaced of somebody else's, or the most complete
 * telling of others that was linked with it as what it was, is found (change->heir, inherited). */
int links_part(struct turn *turn, struct change *change) MUST_CHECK;
/* Then, when the correction is written: that one counts again, with what belongs to it. */
int links_stand(struct turn *turn, struct change *change) MUST_CHECK;
/* `old`, told by who has less to say there, is kept back behind `now`. */
int links_behind(struct turn *turn, const struct record *old, int64_t now) MUST_CHECK;
/* It took the place of `old`: what was linked with that one is linked with it; other figures that
 * waited for an answer are dropped. */
int links_take_over(struct turn *turn, const struct record *old, const struct record *now) MUST_CHECK;
/* A newer telling of other figures waits for an answer: the older ones that waited are dropped. */
int links_overtake(struct turn *turn, int64_t head, int64_t keep) MUST_CHECK;

#endif
