/* What waits for the window of one link: a queue per class, and which of them goes next.
 *
 * Alarms go first, then screens; while those never end, one turn in eight is for the rest, so that
 * nothing starves. Answers, notices and campaigns share by weight. Inside a class the order is that
 * of the rows, and what came back goes to its old place. Loop thread only, but for the atomics.
 */
#ifndef GATEWAY_LANE_H
#define GATEWAY_LANE_H

#include <stdatomic.h>

#include "gateway/out/outgoing.h"

struct link;

enum lane_state { LANE_GONE, LANE_DOWN, LANE_UP };

struct lane {
	struct lane *next;
	char *name;
	/* NULL: removed by a reload; some of its submits may still be under way */
	struct link *link;
	_Atomic int state; /* enum lane_state; for the worker */
	_Atomic int rate; /* messages per second as configured, 0: no limit; for the worker too */
	struct outgoing *head[OUTBOX_CLASSES]; /* doubly linked */
	size_t count[OUTBOX_CLASSES];
	_Atomic size_t inside[OUTBOX_CLASSES]; /* with those under way */
	size_t out; /* parts under way */
	int strict; /* turns that alarms and screens had one after the other */
	int credit[OUTBOX_CLASSES];
	int64_t progress; /* clock_now() of the last response, or of a submit to an idle link */
	int64_t pace; /* milliseconds from one response to the next while there is work */
};

struct lane *lane_new(const char *name);
void lane_free(struct lane *lane);

void lane_put(struct lane *lane, struct outgoing *reply);
void lane_remove(struct lane *lane, struct outgoing *reply);
size_t lane_waiting(const struct lane *lane);
/* A row enters and leaves the care of the lane, waiting or under way. */
void lane_enter(struct lane *lane, const struct outgoing *reply);
void lane_leave(struct lane *lane, const struct outgoing *reply);

struct outgoing *lane_next(const struct lane *lane); /* NULL: nothing waits */
void lane_charge(struct lane *lane, enum outbox_class class); /* it had its turn */

/* How fast the link is: a part was submitted, its response came. */
void lane_on_submit(struct lane *lane);
void lane_on_response(struct lane *lane, bool taken);
/* Milliseconds until one more message of this class would be taken. */
int64_t lane_delay(const struct lane *lane, enum outbox_class class);

#endif
