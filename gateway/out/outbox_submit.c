/* Submitting, and what becomes of it: see outbox.h. */
#include <string.h>

#include "gateway/os/clock.h"
#include "gateway/os/histogram.h"
#include "gateway/os/log.h"
#include "gateway/out/outbox.h"
#include "gateway/out/outbox_state.h"
#include "gateway/out/outgoing_encode.h"
#include "gateway/out/ussd.h"

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
	const struct lane *lane = link ? outbox_lane(queue, link) : NULL;
	size_t limit = queue->setup.limit, useful;

	if (!lane || !smsc)
		return true;
	useful = (size_t)smsc->link.rate * (size_t)smsc->dialect.user_seconds;
	if (useful > 0 && useful < limit)
		limit = useful;
	return lane->count[OUTBOX_SCREEN] < (dial ? (limit + 1) / 2 : limit);
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
	queue->setup.result(queue->setup.context, reply->via ? reply->via : "", reply->recipient,
		reply->id, state, reply->parts ? reply->parts->message_id : "", due);
}

void outbox_give_up(struct outbox_queue *queue, struct lane *lane, struct outgoing *reply,
	const char *state, int64_t due)
{
	report(queue, reply, state, due);
	if (lane) {
		lane_remove(lane, reply);
		lane_leave(lane, reply);
	}
	outgoing_free(reply);
	queue->held--;
}

static int64_t pause_before(const struct outbox_policy *policy, int tries)
{
	int64_t pause = policy->retry;

	for (int i = 1; i < tries && pause < policy->retry_max; i++)
		pause *= 2;
	return pause < policy->retry_max ? pause : policy->retry_max;
}

static void finish_refused(struct outbox_queue *queue, struct lane *lane, struct outgoing *reply)
{
	const struct outbox_policy *policy = &queue->setup.policy;
	bool again = !outgoing_is_ussd(reply) && reply->parts->refused == SUBMIT_RETRY &&
		reply->tries < policy->tries;
	char phone[LOG_PHONE];

	if (again) {
		queue->status.retried++;
		outbox_give_up(queue, lane, reply, "waiting",
			clock_utc() + pause_before(policy, reply->tries));
		return;
	}
	log_warn("outbox", "id=%lld dropped recipient=%s tries=%d", (long long)reply->id,
		log_mask_phone(reply->recipient, phone), reply->tries);
	queue->status.dropped++;
	outbox_give_up(queue, lane, reply, "dropped", 0);
}

static void finish_unsure(struct outbox_queue *queue, struct lane *lane, struct outgoing *reply)
{
	struct outgoing_parts *parts = reply->parts;

	queue->status.unsure++;
	if (reply->unsure || outgoing_is_ussd(reply) || !queue->setup.policy.resend_unsure) {
		outbox_give_up(queue, lane, reply, "unsure", 0);
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
		finish_refused(queue, lane, reply);
	} else if (reply->parts->unsure) {
		finish_unsure(queue, lane, reply);
	} else {
		queue->status.sent++;
		queue->status.last_sent = clock_now();
		if (reply->class == OUTBOX_ANSWER)
			histogram_note(HISTOGRAM_REPLY, clock_now() - reply->made);
		outbox_give_up(queue, lane, reply, "sent", 0);
	}
}

static bool is_done(const struct outgoing *reply)
{
	if (reply->parts->out > 0)
		return false;
	return reply->parts->refused >= 0 || !waiting_part(reply);
}

/* Too late to be of use, or not at this hour: never when a part of it has left. */
static bool is_untimely(struct outbox_queue *queue, struct lane *lane, struct outgoing *reply)
{
	const struct hours *hours = &queue->setup.policy.hours;
	int64_t now = clock_utc(), until = hours_wait(hours, reply->class, reply->created, now);

	if (reply->unsure || outbox_is_begun(reply))
		return false;
	if (reply->created < hours_oldest(hours, reply->class, now) && !clock_doubtful()) {
		queue->status.expired++;
		outbox_give_up(queue, lane, reply, "expired", 0);
		return true;
	}
	if (until)
		outbox_give_up(queue, lane, reply, "waiting", until);
	return until != 0;
}

/* false: nothing more can go now. */
static bool submit_part(struct outbox_queue *queue, struct lane *lane,
	const struct config_smsc *smsc, struct outgoing_part *part)
{
	struct outgoing *reply = part->reply;
	uint8_t tlvs[USSD_TLVS];
	struct submit submit;
	int rc;

	fill_submit(&submit, smsc, part);
	if (outgoing_is_ussd(reply) &&
		ussd_screen(&smsc->dialect, reply->session, strcmp(reply->kind, "ussd-end") == 0,
			&submit, tlvs) != OK)
		log_error("outbox", "id=%lld screen without its session", (long long)reply->id);
	part->state = PART_OUT;
	reply->parts->out++;
	lane_on_submit(lane);
	rc = link_submit(lane->link, &submit, (uint64_t)(uintptr_t)part);
	if (rc == OK) {
		lane_charge(lane, reply->class);
		return true;
	}
	part->state = PART_WAITING;
	reply->parts->out--;
	lane->out--;
	if (rc == ERR_LIMIT || rc == ERR_STATE)
		return false;
	reply->parts->refused = SUBMIT_FAILED; /* a field that cannot be sent, ever */
	if (is_done(reply))
		finish(queue, lane, reply);
	return true;
}

/* Submits the next part of what is to go next. false: nothing more can go now. */
static bool submit_next(struct outbox_queue *queue, struct lane *lane)
{
	struct outgoing *reply = lane_next(lane);
	const struct config_smsc *smsc =
		lane->link ? links_config(queue->setup.links, lane->link) : NULL;
	struct outgoing_part *part;

	if (!reply || !smsc)
		return false;
	if (is_untimely(queue, lane, reply))
		return true;
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
	return submit_part(queue, lane, smsc, part);
}

void outbox_on_ready(struct outbox_queue *queue, struct link *link)
{
	struct lane *lane = outbox_lane(queue, link);

	if (!outbox_may_submit(queue))
		return;
	while (lane && submit_next(queue, lane))
		;
}

void outbox_on_result(struct outbox_queue *queue, struct link *link, uint64_t cookie,
	const struct submit_result *result)
{
	struct outgoing_part *part = (struct outgoing_part *)(uintptr_t)cookie;
	struct outgoing *reply = part->reply;
	struct outgoing_parts *parts = reply->parts;
	struct lane *lane = outbox_lane(queue, link);

	parts->out--;
	lane_on_response(lane, result->outcome != SUBMIT_THROTTLED);
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
		outbox_give_back(queue, lane);
}

