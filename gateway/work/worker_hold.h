/* What comes from phones whose messages killed the process is kept for people, and not read
 * (gateway/os/crash.h says whose); shared by worker*.c only.
 */
#ifndef GATEWAY_WORKER_HOLD_H
#define GATEWAY_WORKER_HOLD_H

#include "gateway/work/worker_state.h"

const char *worker_phone(struct worker *worker, const struct item *item); /* as it is stored */
/* Is a message of this phone to be kept unread just now? */
int worker_holds(struct worker *worker, const char *phone, bool *holds) MUST_CHECK;
/* Stores it raw for people to read; answered once in an hour. */
int worker_hold(struct worker *worker, struct item *item, struct inbound *inbound) MUST_CHECK;
int worker_tell_operator(struct worker *worker) MUST_CHECK; /* at a tick */
/* Around each deadline that is run: one that killed twice (gateway/os/crash.h) is not run any more. */
void worker_guard_deadlines(struct worker *worker);

#endif
