/* The outbox's inside, shared by outbox*.c only. */
#ifndef GATEWAY_OUTBOX_STATE_H
#define GATEWAY_OUTBOX_STATE_H

#include <pthread.h>

#include "gateway/os/timer.h"
#include "gateway/out/lane.h"
#include "gateway/out/outbox_setup.h"
#include "gateway/out/outgoing.h"

struct outbox_queue {
	struct outbox_setup setup;
	pthread_mutex_t lock; /* of the list of lanes, which only grows: the worker reads it */
	struct lane *lanes;
	struct timer look; /* for alarms that wait too long */
	uint64_t next_order;
	uint8_t next_ref;
	struct outbox_status status;
	size_t held;
	bool held_back; /* nothing was submitted for want of the right to it */
};

struct lane *outbox_lane(struct outbox_queue *queue, const struct link *link);
bool outbox_may_submit(struct outbox_queue *queue); /* false: looked at again in a second */
bool outbox_is_begun(const struct outgoing *reply); /* a part of it has left */
/* Hands its result on and frees it. lane: in whose care it was; NULL: in nobody's yet. */
void outbox_give_up(struct outbox_queue *queue, struct lane *lane, struct outgoing *reply,
	const char *state, int64_t due);
/* The lane has no link any more: what is not under way may leave over any other. */
void outbox_give_back(struct outbox_queue *queue, struct lane *lane);

#endif
