/* The queues of one link: see lane.h. */
#include "gateway/out/lane.h"

#include <stdlib.h>
#include <utlist.h>

#include "gateway/os/clock.h"

#define STRICT_TURNS 7

static const int weights[OUTBOX_CLASSES] = {
	[OUTBOX_ANSWER] = 8,
	[OUTBOX_NOTICE] = 4,
	[OUTBOX_CAMPAIGN] = 2,
};

struct lane *lane_new(const char *name)
{
	struct lane *lane = xcalloc(1, sizeof(*lane));

	lane->name = xstrdup(name);
	return lane;
}

void lane_free(struct lane *lane)
{
	for (size_t i = 0; i < OUTBOX_CLASSES; i++)
		outgoing_free_list(lane->head[i]); /* singly linked it ends all the same */
	free(lane->name);
	free(lane);
}

/* New ones go to the end at once; those that come back were at the front, so that few stand before
 * them. */
void lane_put(struct lane *lane, struct outgoing *reply)
{
	struct outgoing **head = &lane->head[reply->class], *at = *head;

	if (reply->queued)
		return; /* another part of it is here already */
	reply->queued = true;
	reply->since = clock_now();
	reply->via = lane->name;
	lane->count[reply->class]++;
	if (!at || at->prev->order < reply->order) {
		DL_APPEND(*head, reply);
		return;
	}
	while (at->order < reply->order)
		at = at->next;
	DL_PREPEND_ELEM(*head, at, reply);
}

void lane_remove(struct lane *lane, struct outgoing *reply)
{
	if (!reply->queued)
		return;
	DL_DELETE(lane->head[reply->class], reply);
	reply->next = reply->prev = NULL;
	reply->queued = false;
	lane->count[reply->class]--;
}

size_t lane_waiting(const struct lane *lane)
{
	size_t count = 0;

	for (size_t i = 0; i < OUTBOX_CLASSES; i++)
		count += lane->count[i];
	return count;
}

void lane_enter(struct lane *lane, const struct outgoing *reply)
{
	atomic_fetch_add(&lane->inside[reply->class], 1);
}

void lane_leave(struct lane *lane, const struct outgoing *reply)
{
	atomic_fetch_sub(&lane->inside[reply->class], 1);
}

/* The class whose credit would be the highest after everybody got his weight. */
static struct outgoing *next_by_weight(const struct lane *lane)
{
	struct outgoing *best = NULL;

	for (size_t i = OUTBOX_ANSWER; i < OUTBOX_CLASSES; i++) {
		if (lane->head[i] &&
			(!best || lane->credit[i] + weights[i] >
					  lane->credit[best->class] + weights[best->class]))
			best = lane->head[i];
	}
	return best;
}

struct outgoing *lane_next(const struct lane *lane)
{
	struct outgoing *rest = next_by_weight(lane);
	struct outgoing *strict = lane->head[OUTBOX_ALARM] ? lane->head[OUTBOX_ALARM]
							   : lane->head[OUTBOX_SCREEN];

	return strict && !(rest && lane->strict >= STRICT_TURNS) ? strict : rest;
}

void lane_charge(struct lane *lane, enum outbox_class class)
{
	int shared = 0;

	if (class < OUTBOX_ANSWER) {
		lane->strict = next_by_weight(lane) ? lane->strict + 1 : 0;
		return;
	}
	lane->strict = 0;
	for (size_t i = OUTBOX_ANSWER; i < OUTBOX_CLASSES; i++) {
		if (!lane->head[i]) {
			lane->credit[i] = 0; /* who does not come saves nothing up */
			continue;
		}
		lane->credit[i] += weights[i];
		shared += weights[i];
	}
	lane->credit[class] -= shared;
}

void lane_on_submit(struct lane *lane)
{
	if (lane->out++ == 0)
		lane->progress = clock_now();
}

/* Of what is refused for being too fast nothing is learned but that time passes. */
void lane_on_response(struct lane *lane, bool taken)
{
	int64_t now = clock_now();

	lane->out--;
	if (!taken)
		return;
	lane->pace = (3 * lane->pace + now - lane->progress) / 4;
	lane->progress = now;
}

int64_t lane_delay(const struct lane *lane, enum outbox_class class)
{
	int64_t pace = lane->pace, ahead = 1;

	if (lane->rate > 0 && pace < 1000 / lane->rate)
		pace = 1000 / lane->rate;
	for (size_t i = 0; i < OUTBOX_CLASSES; i++) {
		if (i == class || (i < OUTBOX_ANSWER && class >= OUTBOX_ANSWER) ||
			(class >= OUTBOX_ANSWER && i >= OUTBOX_ANSWER))
			ahead += (int64_t)lane->count[i];
	}
	return ahead * pace + (lane->out > 0 ? clock_now() - lane->progress : 0);
}
