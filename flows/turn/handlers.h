/* The functions that flow.c's table maps intents to. Each sets turn->answer and returns 0 or a
 * named error. */
#ifndef FLOWS_HANDLERS_H
#define FLOWS_HANDLERS_H

#include "flows/turn/turn.h"

int report_handle(struct turn *turn) MUST_CHECK;
int correct_handle(struct turn *turn) MUST_CHECK;
int cancel_handle(struct turn *turn) MUST_CHECK;
int register_handle(struct turn *turn) MUST_CHECK;
int profile_handle(struct turn *turn) MUST_CHECK;
int query_handle(struct turn *turn) MUST_CHECK;
int query_more_handle(struct turn *turn) MUST_CHECK;
int status_handle(struct turn *turn) MUST_CHECK;
int help_handle(struct turn *turn) MUST_CHECK;
int emergency_handle(struct turn *turn) MUST_CHECK;
int human_handle(struct turn *turn) MUST_CHECK;
int checkup_handle(struct turn *turn) MUST_CHECK;
/* Thanks are answered once a day, "ok" not at all; nobody needs to read either. */
int courtesy_handle(struct turn *turn) MUST_CHECK;
/* A stranger who may not do this: how to register, once a day; the text itself is kept either way.
 */
int unregistered_handle(struct turn *turn) MUST_CHECK;
int supervise_handle(struct turn *turn) MUST_CHECK;
int answer_handle(struct turn *turn) MUST_CHECK; /* nothing was pending that fits */
/* A few words that are neither YA nor TIDAK, where the newest question takes nothing else: it is
 * asked again. */
int answer_ask_again(struct turn *turn, bool *done) MUST_CHECK;

/* Before the table: is this message the answer to an open question? *done when it was handled. */
int answer_try(struct turn *turn, bool *done) MUST_CHECK;
/* The message by its intent's row; answer.c comes back here with a slot filled in. */
int flow_dispatch(struct turn *turn) MUST_CHECK;

/* Before anything: may this message be answered at all? */
enum manners { MANNERS_ANSWER, MANNERS_REPEAT, MANNERS_SILENT, MANNERS_IGNORE, MANNERS_LIMIT };
int manners_check(struct turn *turn, enum manners *manners) MUST_CHECK;
/* At the end: what the message says about a loop. */
int manners_settle(struct turn *turn) MUST_CHECK;

#endif
