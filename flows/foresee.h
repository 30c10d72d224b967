/* What a batch of messages will ask the store, foreseen before the first of them is handled, so that
 * the store can be asked once for all: store_ask() after each step. Nothing of it changes what a
 * message does; what was not foreseen is asked when it is wanted.
 */
#ifndef FLOWS_FORESEE_H
#define FLOWS_FORESEE_H

#include "flows/turn/flow_context.h"

/* By the phone alone. */
void flow_foresee(struct flow *flow, const char *phone);
/* By where its owner works, who is known now. *desa: the code of the first desa of these, as long as
 * the places are; NULL: none. */
int flow_foresee_places(struct flow *flow, const char *phone, const char **desa) MUST_CHECK;

#endif
