/* Messages that are kept unread because those of their phone, or of somebody, ended the program; and
 * the operator, who is told.
 */
#ifndef FLOWS_TALK_HELD_H
#define FLOWS_TALK_HELD_H

#include "flows/turn/flow_context.h"

/* Keeps a message for people that is not to be read (text: as much as can be shown safely), and
 * answers once in an hour. */
int held_keep(struct flow *flow, const struct flow_message *message) MUST_CHECK;

struct held {
	const char *phone; /* whose; NULL: those of strangers, or all */
	bool all;
	unsigned deaths; /* of the program, within the hour */
	int64_t until; /* UTC */
};
int held_tell(struct flow *flow, const struct held *held) MUST_CHECK; /* to [alerts] operator */

#endif
