/* What happens with one report that was read: is it told already, does it need asking, who must
 * know. */
#ifndef FLOWS_REPORT_H
#define FLOWS_REPORT_H

#include "flows/record/record.h"

/* After a record's values changed by an answer: judge, find out whether it was told before, store
 * the version, count it, ask again or finish, alert. Sets turn->answer. */
int report_continue(struct turn *turn, const struct record *before, struct record *after,
	const char *action) MUST_CHECK;
/* Chooses the words about a death for the answer that follows: whether somebody was told, and
 * whether the sender read the condolence before (known). */
int report_console(struct turn *turn, const struct record *record, bool known) MUST_CHECK;
/* Opens the question of a waiting report and its expiry; or closes both when it no longer waits. */
int report_wait(const struct turn *turn, const struct record *record) MUST_CHECK;

#endif
