/* What happens with one report that was read: is it told already, does it need asking, who must
 * know. */
#ifndef FLOWS_REPORT_H
#define FLOWS_REPORT_H

#include "flows/change/change.h"

/* The gate, and what the change means to others: alarms, the bidan of a mother's home. Says nothing
 * to the one who speaks. */
int report_change(struct turn *turn, struct change *change) MUST_CHECK;
/* Sets turn->answer to what became of a telling or an answer. */
void report_say(struct turn *turn, const struct change *change);
/* After a record's values changed by an answer: the gate, and the answer to it. */
int report_continue(struct turn *turn, const struct record *before,
	const struct record *after) MUST_CHECK;
/* Chooses the words about a death for the answer that follows: whether somebody was told, and
 * whether the sender read the condolence before (known). */
int report_console(struct turn *turn, const struct record *record, bool known) MUST_CHECK;

#endif
