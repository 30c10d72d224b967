/* A report about somebody who lives outside the sender's desa: who there must know. */
#ifndef FLOWS_RESIDENCE_H
#define FLOWS_RESIDENCE_H

#include "flows/change/change.h"

/* Held: the bidan of that desa is asked (in another kabupaten: the human inbox). Counted: she is
 * told. Nothing for what was so before. */
int residence_tell(struct turn *turn, const struct change *change) MUST_CHECK;
/* It says otherwise than when the bidan was asked: shown to who lets it in before it is. */
int residence_changed(struct turn *turn, const struct record *record, bool *changed) MUST_CHECK;
/* The answer to the one who told it, when it is held. */
void residence_say(struct turn *turn, const struct record *record);

#endif
