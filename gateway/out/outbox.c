/* From claimed rows to submit_sm and back to results: see outbox.h. */
#include "gateway/out/outbox.h"

#include <stdlib.h>
#include <string.h>
#include <utlist.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/out/outgoing_encode.h"
#include "gateway/out/ussd.h"

#define NO_LINK_SECONDS 60

struct lane { /* replies of one link that wait for its window, in order */
	char *name;
	/* NULL: removed by a reload; some of its submits may still be under way */
	struct link *link;
	struct outgoing *head; /* doubly linked */
	size_t count, screens; /* all of them; those of USSD */
	struct lane *next;
};

struct outbox_queue {
	struct outbox_setup setup;
	struct lane *lanes;
	uint64_t next_order;
	uint8_t next_ref;
	struct outbox_status status;
	atomic_size_t inside; /* all that we hold */
};

struct outbox_queue *outbox_new(const struct outbox_setup *setup)
{
	struct outbox_queue *queue = xcalloc(1, sizeof(*queue));

	queue->setup = *setup;
	outbox_links_changed(queue);
	return queue;
}

void outbox_free(struct outbox_queue *queue)
{
	struct lane *lane, *next;

	if (!queue)
		return;
	LL_FOREACH_SAFE(queue->lanes, lane, next) {
		outgoing_free_list(lane->head); /* singly linked it ends all the same */
		free(lane->name);
		free(lane);
	}
	free(queue);
}

void outbox_configure(struct outbox_queue *queue, const struct outbox_policy *policy)
{
	queue->setup.policy = *policy;
}

size_t outbox_room(const struct outbox_queue *queue)
{
	size_t inside = atomic_load(&queue->inside);

	return inside < queue->setup.limit ? queue->setup.limit - inside : 0;
}

/* By name: a link that a reload replaced shares the lane of its successor. */
static struct lane *lane_of(struct outbox_queue *queue, const struct link *link)
{
	struct lane *lane;

	LL_FOREACH(queue->lanes, lane) {
		if (strcmp(lane->name, link_name(link)) == 0)
			break;
	}
	return lane;
}

/* By order: what was throttled goes before what came later. New ones go to the end at once; those
 * that come back were at the front, so that few stand before them. */
static void lane_put(struct lane *lane, struct outgoing *reply)
{
	struct outgoing *at = lane->head;

	if (reply->queued)
		return; /* another part of it is here already */
	reply->queued = true;
	reply->via = lane->name;
	lane->count++;
	lane->screens += outgoing_is_ussd(reply);
	if (!at || at->prev->order < reply->order) {
		DL_APPEND(lane->head, reply);
		return;
	}
	while (at->order < reply->order)
		at = at->next;
	DL_PREPEND_ELEM(lane->head, at, reply);
}

static void lane_remove(struct lane *lane, struct outgoing *reply)
{
	if (!reply->queued)
		return;
	DL_DELETE(lane->head, reply);
	reply->next = reply->prev = NULL;
	reply->queued = false;
	lane->count--;
	lane->screens -= outgoing_is_ussd(reply);
}

static struct outgoing_part *waiting_part(const struct outgoing *reply)
{
	for (size_t i = 0; i < reply->parts->count; i++) {
		if (reply->parts->list[i].state == PART_WAITING)
			return &reply->parts->list[i];
	}
	return NULL;
}

static void set_address(struct pdu_address *address, int ton, int npi, const char *digits)
{
	address->ton = (uint8_t)ton;
	address->npi = (uint8_t)npi;
	copy_string(address->digits, sizeof(address->digits), digits);
}

static void fill_submit(
	struct submit *submit, const struct config_smsc *smsc, const struct outgoing_part *part)
{
	const struct outgoing *reply = part->reply;
	struct pdu_message *message = &submit->message;

	memset(submit, 0, sizeof(*submit));
	copy_string(message->service_type, sizeof(message->service_type), smsc->service_type);
	set_address(&message->source, smsc->address_ton, smsc->address_npi, smsc->address);
	set_address(&message->destination, smsc->recipient_ton, smsc->recipient_npi,
		reply->recipient + (reply->recipient[0] == '+'));
	message->esm_class = reply->parts->split ? ESM_UDHI : 0;
	message->registered_delivery = smsc->receipts && !outgoing_is_ussd(reply);
	message->data_coding = reply->parts->data_coding;
	message->octets = part->octets;
	message->length = part->length;
}

/* A screen that comes late is of no use; on another bind its session is not known. */
static bool screen_is_stale(
	const struct outgoing *reply, const struct link *link, const struct ussd_dialect *dialect)
{
	if (reply->generation && !link_has(link, reply->generation))
		return true;
	return clock_now() - reply->made > (int64_t)dialect->user_seconds * 1000;
}

/* What would be shown after the person has gone is not asked for; who is in the middle of a session
 * goes before who dials. */
bool outbox_takes_screen(struct outbox_queue *queue, const char *link_name, bool dial)
{
	const struct link *link = links_find(queue->setup.links, link_name);
	const struct config_smsc *smsc = link ? links_config(queue->setup.links, link) : NULL;
	const struct lane *lane = link ? lane_of(queue, link) : NULL;
	size_t limit = queue->setup.limit, useful;

	if (!lane || !smsc)
		return true;
	useful = (size_t)smsc->link.rate * (size_t)smsc->dialect.user_seconds;
	if (useful > 0 && useful < limit)
		limit = useful;
	return lane->screens < (dial ? (limit + 1) / 2 : limit);
}

static void encode(
	struct outbox_queue *queue, struct outgoing *reply, const struct config_smsc *smsc)
{
	if (outgoing_is_ussd(reply))
		outgoing_encode_screen(reply, smsc->dialect.coding, smsc->dialect.coding_ucs2);
	else
		outgoing_encode(reply, (enum alphabet)smsc->alphabet, queue->next_ref++);
}

static void report(
	struct outbox_queue *queue, const struct outgoing *reply, const char *state, int64_t due)
{
	char phone[LOG_PHONE];

	log_traffic(reply->via ? reply->via : "outbox",
		"out id=%lld to=%s kind=%s ref=%s state=%s message_id=%s try=%d",
		(long long)reply->id, log_mask_phone(reply->recipient, phone), reply->kind,
		reply->ref ? reply->ref : "-", state,
		reply->parts && reply->parts->message_id[0] ? reply->parts->message_id : "-",
		reply->tries);
	queue->setup.result(queue->setup.context, reply->via ? reply->via : "", reply->id, state,
		reply->parts ? reply->parts->message_id : "", due);
}

static void give_up(
	struct outbox_queue *queue, struct outgoing *reply, const char *state, int64_t due)
{
	report(queue, reply, state, due);
	outgoing_free(reply);
	atomic_fetch_sub(&queue->inside, 1);
}

/* The lane has no link any more: what is not under way may leave over any other. */
static void give_back(struct outbox_queue *queue, struct lane *lane)
{
	struct outgoing *reply, *next;

	DL_FOREACH_SAFE(lane->head, reply, next) {
		if (reply->parts && reply->parts->out > 0)
			continue;
		lane_remove(lane, reply);
		give_up(queue, reply, outgoing_is_ussd(reply) ? "dropped" : "waiting", clock_utc());
	}
}

void outbox_links_changed(struct outbox_queue *queue)
{
	const struct links *links = queue->setup.links;
	struct lane *lane;

	for (size_t i = 0; i < links->count; i++) {
		if (lane_of(queue, links->list[i]))
			continue;
		lane = xcalloc(1, sizeof(*lane));
		lane->name = xstrdup(link_name(links->list[i]));
		LL_APPEND(queue->lanes, lane);
	}
	LL_FOREACH(queue->lanes, lane) {
		lane->link = links_find(links, lane->name);
		if (lane->link)
			outbox_on_ready(queue, lane->link);
		else
			give_back(queue, lane);
	}
}

static int64_t pause_before(const struct outbox_policy *policy, int tries)
{
	int64_t pause = policy->retry;

	for (int i = 1; i < tries && pause < policy->retry_max; i++)
		pause *= 2;
	return pause < policy->retry_max ? pause : policy->retry_max;
}

static void finish_refused(struct outbox_queue *queue, struct outgoing *reply)
{
	const struct outbox_policy *policy = &queue->setup.policy;
	bool again = !outgoing_is_ussd(reply) && reply->parts->refused == SUBMIT_RETRY &&
		reply->tries < policy->tries;
	char phone[LOG_PHONE];

	if (again) {
		queue->status.retried++;
		give_up(queue, reply, "waiting", clock_utc() + pause_before(policy, reply->tries));
		return;
	}
	log_warn("outbox", "id=%lld dropped recipient=%s tries=%d", (long long)reply->id,
		log_mask_phone(reply->recipient, phone), reply->tries);
	queue->status.dropped++;
	give_up(queue, reply, "dropped", 0);
}

static void finish_unsure(struct outbox_queue *queue, struct lane *lane, struct outgoing *reply)
{
	struct outgoing_parts *parts = reply->parts;

	queue->status.unsure++;
	if (reply->unsure || outgoing_is_ussd(reply) || !queue->setup.policy.resend_unsure) {
		give_up(queue, reply, "unsure", 0);
		return;
	}
	/* ours to send once more, also after a restart */
	report(queue, reply, "unsure", clock_utc());
	queue->status.resent++;
	reply->unsure = true;
	parts->unsure = false;
	lane_put(lane, reply);
}

/* No part is under way: its response would find a reply that is gone. */
static void finish(struct outbox_queue *queue, struct lane *lane, struct outgoing *reply)
{
	if (reply->parts->out > 0)
		log_fatal("outbox", "id=%lld ends while a part is under way", (long long)reply->id);
	lane_remove(lane, reply);
	if (reply->parts->refused >= 0) {
		finish_refused(queue, reply);
	} else if (reply->parts->unsure) {
		finish_unsure(queue, lane, reply);
	} else {
		queue->status.sent++;
		queue->status.last_sent = clock_now();
		give_up(queue, reply, "sent", 0);
	}
}

static bool is_done(const struct outgoing *reply)
{
	if (reply->parts->out > 0)
		return false;
	return reply->parts->refused >= 0 || !waiting_part(reply);
}

/* Submits the head's next part. false: nothing more can go now. */
static bool submit_next(struct outbox_queue *queue, struct lane *lane)
{
	struct outgoing *reply = lane->head;
	const struct config_smsc *smsc =
		lane->link ? links_config(queue->setup.links, lane->link) : NULL;
	struct outgoing_part *part;
	uint8_t tlvs[USSD_TLVS];
	struct submit submit;
	int rc;

	if (!reply || !smsc)
		return false;
	if (!reply->parts)
		encode(queue, reply, smsc);
	part = reply->parts->refused < 0 ? waiting_part(reply) : NULL;
	if (!part) {
		lane_remove(lane, reply); /* its last parts are under way */
		return true;
	}
	if (outgoing_is_ussd(reply) && screen_is_stale(reply, lane->link, &smsc->dialect)) {
		reply->parts->refused = SUBMIT_FAILED;
		finish(queue, lane, reply);
		return true;
	}
	fill_submit(&submit, smsc, part);
	if (outgoing_is_ussd(reply) &&
		ussd_screen(&smsc->dialect, reply->session, strcmp(reply->kind, "ussd-end") == 0,
			&submit, tlvs) != OK)
		log_error("outbox", "id=%lld screen without its session", (long long)reply->id);
	part->state = PART_OUT;
	reply->parts->out++;
	rc = link_submit(lane->link, &submit, (uint64_t)(uintptr_t)part);
	if (rc == OK)
		return true;
	part->state = PART_WAITING;
	reply->parts->out--;
	if (rc == ERR_LIMIT || rc == ERR_STATE)
		return false;
	reply->parts->refused = SUBMIT_FAILED; /* a field that cannot be sent, ever */
	if (is_done(reply))
		finish(queue, lane, reply);
	return true;
}

void outbox_on_ready(struct outbox_queue *queue, struct link *link)
{
	struct lane *lane = lane_of(queue, link);

	while (lane && submit_next(queue, lane))
		;
}

void outbox_send(struct outbox_queue *queue, struct outgoing *reply)
{
	struct link *link = links_choose(queue->setup.links, reply->link);
	struct lane *lane = link ? lane_of(queue, link) : NULL;

	reply->order = queue->next_order++;
	atomic_fetch_add(&queue->inside, 1);
	if (!lane) { /* no links at all */
		give_up(queue, reply, outgoing_is_ussd(reply) ? "dropped" : "waiting",
			clock_utc() + NO_LINK_SECONDS);
		return;
	}
	lane_put(lane, reply);
	outbox_on_ready(queue, link);
}

static bool is_begun(const struct outgoing *reply)
{
	for (size_t i = 0; reply->parts && i < reply->parts->count; i++) {
		if (reply->parts->list[i].state != PART_WAITING)
			return true;
	}
	return false;
}

static void move_over(struct lane *from, struct lane *to)
{
	struct outgoing *reply, *next;

	DL_FOREACH_SAFE(from->head, reply, next) {
		if (reply->link || is_begun(reply))
			continue;
		lane_remove(from, reply);
		free(reply->parts); /* in the coding of the other link */
		reply->parts = NULL;
		lane_put(to, reply);
	}
}

void outbox_on_state(struct outbox_queue *queue)
{
	struct link *bound = links_choose(queue->setup.links, NULL);
	struct lane *lane, *to = bound ? lane_of(queue, bound) : NULL;

	if (!to || link_state(bound) != LINK_BOUND)
		return;
	LL_FOREACH(queue->lanes, lane) {
		const struct link *link = links_find(queue->setup.links, lane->name);

		if (link && link_state(link) != LINK_BOUND)
			move_over(lane, to);
	}
	outbox_on_ready(queue, bound);
}

void outbox_on_result(struct outbox_queue *queue, struct link *link, uint64_t cookie,
	const struct submit_result *result)
{
	struct outgoing_part *part = (struct outgoing_part *)(uintptr_t)cookie;
	struct outgoing *reply = part->reply;
	struct outgoing_parts *parts = reply->parts;
	struct lane *lane = lane_of(queue, link);

	parts->out--;
	part->state = PART_WAITING;
	switch (result->outcome) {
	case SUBMIT_SENT:
		part->state = PART_SENT;
		if (part == &parts->list[0])
			copy_string(
				parts->message_id, sizeof(parts->message_id), result->message_id);
		break;
	case SUBMIT_THROTTLED:
		if (outgoing_is_ussd(reply))
			parts->refused = SUBMIT_FAILED; /* no session waits for that */
		break;
	case SUBMIT_RETRY:
	case SUBMIT_FAILED:
		if (parts->refused != SUBMIT_FAILED)
			parts->refused = (int)result->outcome;
		break;
	case SUBMIT_UNSURE:
		parts->unsure = true;
		break;
	}
	if (parts->refused < 0 && result->outcome == SUBMIT_THROTTLED)
		lane_put(lane, reply);
	else if (parts->out == 0 && (parts->unsure || is_done(reply)))
		finish(queue, lane, reply);
	if (lane->link)
		outbox_on_ready(queue, lane->link);
	else
		give_back(queue, lane);
}

void outbox_status(const struct outbox_queue *queue, struct outbox_status *out)
{
	const struct lane *lane;

	*out = queue->status;
	LL_FOREACH(queue->lanes, lane)
		out->waiting += lane->count;
	out->under_way = atomic_load(&queue->inside) - out->waiting;
}
