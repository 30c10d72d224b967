/* Which link a row goes over, and the queues in front of them: see outbox.h. */
#include "gateway/out/outbox.h"

#include <stdlib.h>
#include <string.h>
#include <utlist.h>

#include "gateway/os/clock.h"
#include "gateway/out/outbox_state.h"
#include "gateway/out/outgoing_encode.h"

#define NO_LINK_SECONDS 60
#define MOVE_MS	 20000 /* so long an alarm waits for its link */
#define LOOK_MS	 1000
#define SLICE_SECONDS 2 /* of a link's rate: no more of a campaign is held */

static void on_look(void *context);

struct outbox_queue *outbox_new(const struct outbox_setup *setup)
{
	struct outbox_queue *queue = xcalloc(1, sizeof(*queue));

	queue->setup = *setup;
	pthread_mutex_init(&queue->lock, NULL);
	timer_init(&queue->look, on_look, queue);
	outbox_links_changed(queue);
	return queue;
}

void outbox_free(struct outbox_queue *queue)
{
	struct lane *lane, *next;

	if (!queue)
		return;
	timer_cancel(&queue->look);
	LL_FOREACH_SAFE(queue->lanes, lane, next)
		lane_free(lane);
	pthread_mutex_destroy(&queue->lock);
	free(queue);
}

void outbox_configure(struct outbox_queue *queue, const struct outbox_policy *policy)
{
	queue->setup.policy = *policy;
}

static size_t share_of(const struct outbox_queue *queue, const struct lane *lane, size_t class)
{
	size_t limit = queue->setup.limit, quarter = limit / 4 > 0 ? limit / 4 : 1, slice;

	if (class == OUTBOX_ALARM || class == OUTBOX_ANSWER)
		return limit;
	slice = (size_t)lane->rate * SLICE_SECONDS;
	return class == OUTBOX_CAMPAIGN && slice > 0 && slice < quarter ? slice : quarter;
}

void outbox_shares(struct outbox_queue *queue, struct shares *out)
{
	struct lane *lane;

	out->count = 0;
	pthread_mutex_lock(&queue->lock);
	LL_FOREACH(queue->lanes, lane) {
		struct share *share = &out->list[out->count];

		if (out->count == SHARES_MAX)
			break; /* what is for links beyond goes over any */
		out->count++;
		copy_string(share->link, sizeof(share->link), lane->name);
		share->known = atomic_load(&lane->state) != LANE_GONE;
		for (size_t i = 0; i < OUTBOX_CLASSES; i++) {
			size_t most = share_of(queue, lane, i);
			size_t inside = atomic_load(&lane->inside[i]);

			share->room[i] = atomic_load(&lane->state) == LANE_UP && inside < most
				? most - inside : 0;
		}
	}
	pthread_mutex_unlock(&queue->lock);
}

size_t outbox_held(const struct outbox_queue *queue)
{
	return queue->held;
}

/* By name: a link that a reload replaced shares the lane of its successor. */
struct lane *outbox_lane(struct outbox_queue *queue, const struct link *link)
{
	struct lane *lane;

	LL_FOREACH(queue->lanes, lane) {
		if (strcmp(lane->name, link_name(link)) == 0)
			break;
	}
	return lane;
}

bool outbox_is_begun(const struct outgoing *reply)
{
	for (size_t i = 0; reply->parts && i < reply->parts->count; i++) {
		if (reply->parts->list[i].state != PART_WAITING)
			return true;
	}
	return false;
}

/* The lane that will take one more of this class soonest; of equals the first. NULL: none is up.
 * home: of those of the recipient's operator alone. */
static struct lane *soonest(struct outbox_queue *queue, const struct outgoing *reply,
	const struct lane *but, bool home)
{
	struct lane *lane, *best = NULL;

	LL_FOREACH(queue->lanes, lane) {
		if (lane == but || !lane->link || !links_sends(queue->setup.links, lane->link) ||
			(home &&
				!links_is_home(
					queue->setup.links, lane->link, reply->recipient)))
			continue;
		if (!best || lane_delay(lane, reply->class) < lane_delay(best, reply->class))
			best = lane;
	}
	return best;
}

/* Over a link of its operator while one is up, else over any. */
static struct lane *best_lane(struct outbox_queue *queue, const struct outgoing *reply,
	const struct lane *but)
{
	struct lane *lane = soonest(queue, reply, but, true);

	return lane ? lane : soonest(queue, reply, but, false);
}

static struct lane *choose(struct outbox_queue *queue, const struct outgoing *reply)
{
	struct link *named = links_find(queue->setup.links, reply->link);
	struct lane *lane = named ? outbox_lane(queue, named) : best_lane(queue, reply, NULL);
	struct link *first = links_choose(queue->setup.links, NULL);

	return lane || !first ? lane : outbox_lane(queue, first);
}

void outbox_give_back(struct outbox_queue *queue, struct lane *lane)
{
	struct outgoing *reply, *next;

	for (size_t i = 0; i < OUTBOX_CLASSES; i++) {
		DL_FOREACH_SAFE(lane->head[i], reply, next) {
			if (reply->parts && reply->parts->out > 0)
				continue;
			outbox_give_up(queue, lane, reply,
				i == OUTBOX_SCREEN ? "dropped" : "waiting", clock_utc());
		}
	}
}

static void note_state(struct outbox_queue *queue, struct lane *lane)
{
	const struct config_smsc *smsc =
		lane->link ? links_config(queue->setup.links, lane->link) : NULL;
	bool up = lane->link && links_sends(queue->setup.links, lane->link);

	lane->rate = smsc ? smsc->link.rate : 0;
	atomic_store(&lane->state, up ? LANE_UP : lane->link ? LANE_DOWN : LANE_GONE);
}

void outbox_links_changed(struct outbox_queue *queue)
{
	const struct links *links = queue->setup.links;
	struct lane *lane;

	for (size_t i = 0; i < links->count; i++) {
		if (outbox_lane(queue, links->list[i]))
			continue;
		lane = lane_new(link_name(links->list[i]));
		pthread_mutex_lock(&queue->lock);
		LL_APPEND(queue->lanes, lane);
		pthread_mutex_unlock(&queue->lock);
	}
	LL_FOREACH(queue->lanes, lane) {
		lane->link = links_find(links, lane->name);
		note_state(queue, lane);
		if (lane->link)
			outbox_on_ready(queue, lane->link);
		else
			outbox_give_back(queue, lane);
	}
}

void outbox_send(struct outbox_queue *queue, struct outgoing *reply)
{
	struct lane *lane = choose(queue, reply);

	reply->order = queue->next_order++;
	queue->held++;
	if (!lane) { /* no links at all */
		outbox_give_up(queue, NULL, reply, outgoing_is_ussd(reply) ? "dropped" : "waiting",
			clock_utc() + NO_LINK_SECONDS);
		return;
	}
	lane_enter(lane, reply);
	lane_put(lane, reply);
	if (reply->class == OUTBOX_ALARM && !timer_armed(&queue->look))
		timer_arm(&queue->look, LOOK_MS);
	if (lane->link)
		outbox_on_ready(queue, lane->link);
}

static void move_over(struct lane *from, struct lane *to, struct outgoing *reply)
{
	lane_remove(from, reply);
	lane_leave(from, reply);
	free(reply->parts); /* in the coding of the other link */
	reply->parts = NULL;
	lane_enter(to, reply);
	lane_put(to, reply);
}

bool outbox_may_submit(struct outbox_queue *queue)
{
	if (!queue->setup.may_submit || queue->setup.may_submit(queue->setup.context))
		return true;
	queue->held_back = true;
	if (!timer_armed(&queue->look))
		timer_arm(&queue->look, LOOK_MS);
	return false;
}

/* Alarms that their link does not take go over another that is sooner done. */
static void on_look(void *context)
{
	struct outbox_queue *queue = context;
	struct outgoing *reply, *next;
	struct lane *lane, *to;
	bool waits = false, held_back = queue->held_back;

	queue->held_back = false;
	LL_FOREACH(queue->lanes, lane) {
		if (held_back && lane->link)
			outbox_on_ready(queue, lane->link);
	}
	LL_FOREACH(queue->lanes, lane) {
		DL_FOREACH_SAFE(lane->head[OUTBOX_ALARM], reply, next) {
			to = best_lane(queue, reply, lane);
			if (to && lane_delay(to, OUTBOX_ALARM) >= lane_delay(lane, OUTBOX_ALARM))
				to = soonest(queue, reply, lane, false);
			waits = true;
			if (!to || reply->link || outbox_is_begun(reply) ||
				clock_now() - reply->since < MOVE_MS ||
				lane_delay(to, OUTBOX_ALARM) >= lane_delay(lane, OUTBOX_ALARM))
				continue;
			move_over(lane, to, reply);
			queue->status.moved++;
			outbox_on_ready(queue, to->link);
		}
	}
	if (waits && !timer_armed(&queue->look))
		timer_arm(&queue->look, LOOK_MS);
}

static void move_all(struct outbox_queue *queue, struct lane *from)
{
	struct outgoing *reply, *next;

	for (size_t i = 0; i < OUTBOX_CLASSES; i++) {
		DL_FOREACH_SAFE(from->head[i], reply, next) {
			struct lane *to = best_lane(queue, reply, from);

			if (to && !reply->link && !outbox_is_begun(reply))
				move_over(from, to, reply);
		}
	}
}

/* What may go over any link does not wait for one that is down. */
void outbox_on_state(struct outbox_queue *queue)
{
	struct lane *lane;

	LL_FOREACH(queue->lanes, lane)
		note_state(queue, lane);
	LL_FOREACH(queue->lanes, lane) {
		if (atomic_load(&lane->state) == LANE_DOWN)
			move_all(queue, lane);
	}
	LL_FOREACH(queue->lanes, lane) {
		if (atomic_load(&lane->state) == LANE_UP)
			outbox_on_ready(queue, lane->link);
	}
}

void outbox_status(const struct outbox_queue *queue, struct outbox_status *out)
{
	const struct lane *lane;

	*out = queue->status;
	LL_FOREACH(queue->lanes, lane) {
		out->waiting += lane_waiting(lane);
		for (size_t i = 0; i < OUTBOX_CLASSES; i++) {
			const struct outgoing *first = lane->head[i];

			out->in_class[i] += lane->count[i];
			if (first && (!out->oldest[i] || first->created < out->oldest[i]))
				out->oldest[i] = first->created;
		}
	}
	out->under_way = queue->held - out->waiting;
}
