/* The queues between the loop thread and the workers, and the only place that acknowledges. See
 * inbox.h. */
#include "gateway/inbox/inbox.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "gateway/inbox/spread.h"
#include "gateway/os/clock.h"
#include "gateway/os/histogram.h"
#include "gateway/os/log.h"
#include "gateway/smpp/smpp_codes.h"

/* Later than this the SMSC may have stopped waiting: what it answers afterwards proves nothing. */
#define PROOF_MS 2000

/* Nobody waits for proofs and results: alone they wait a little for a message, whose transaction
 * and sync serve them too, and which would have to wait for theirs. */
#define PATIENT_MS   20
#define PATIENT_MOST 64

/* What waits for one worker. */
struct waiting {
	struct item *head, **tail;
	pthread_cond_t more;
	size_t urgent, patient;
	int64_t since; /* monotonic_ms() when the first came that is patient */
};

struct inbox {
	struct inbox_setup setup;
	pthread_mutex_t lock;
	/* Under the lock. */
	struct waiting *to; /* by worker */
	struct spread *spread;
	struct item *done, **done_tail; /* back */
	struct outgoing *replies, **replies_tail;
	size_t waiting, at_work;
	bool begun, closed, broken;
	/* Loop thread only. */
	uint64_t accepted, acknowledged, refused, dropped;
	int64_t last_message;
};

struct inbox *inbox_new(const struct inbox_setup *setup)
{
	struct inbox *inbox = xcalloc(1, sizeof(*inbox));
	pthread_condattr_t attributes;

	inbox->setup = *setup;
	inbox->setup.workers += setup->workers == 0;
	inbox->to = xcalloc(inbox->setup.workers, sizeof(*inbox->to));
	inbox->spread = spread_new(inbox->setup.workers);
	inbox->done_tail = &inbox->done;
	inbox->replies_tail = &inbox->replies;
	pthread_mutex_init(&inbox->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	for (unsigned i = 0; i < inbox->setup.workers; i++) {
		inbox->to[i].tail = &inbox->to[i].head;
		pthread_cond_init(&inbox->to[i].more, &attributes);
	}
	pthread_condattr_destroy(&attributes);
	return inbox;
}

void inbox_free(struct inbox *inbox)
{
	if (!inbox)
		return;
	for (unsigned i = 0; i < inbox->setup.workers; i++) {
		item_free_list(inbox->to[i].head);
		pthread_cond_destroy(&inbox->to[i].more);
	}
	free(inbox->to);
	spread_free(inbox->spread);
	item_free_list(inbox->done);
	outgoing_free_list(inbox->replies);
	pthread_mutex_destroy(&inbox->lock);
	free(inbox);
}

static bool is_counted(const struct item *item)
{
	return item->kind == ITEM_MESSAGE || item->kind == ITEM_RECEIPT;
}

static bool is_patient(const struct item *item)
{
	return item->kind == ITEM_PROVEN || item->kind == ITEM_RESULT;
}

/* As the conditions have it. */
static int64_t monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Called locked; by: 1 or -1. */
static void count(struct waiting *to, const struct item *item, int by)
{
	if (!is_patient(item)) {
		to->urgent += (size_t)by;
		return;
	}
	if (to->patient == 0)
		to->since = monotonic_ms();
	to->patient += (size_t)by;
}

void inbox_put(struct inbox *inbox, struct item *item)
{
	struct waiting *to;
	size_t waiting;

	pthread_mutex_lock(&inbox->lock);
	to = &inbox->to[spread_take(inbox->spread, item->who)];
	*to->tail = item;
	to->tail = &item->next;
	count(to, item, 1);
	inbox->waiting += is_counted(item);
	waiting = inbox->waiting;
	if (!is_patient(item) || to->patient == 1 || to->patient == PATIENT_MOST)
		pthread_cond_signal(&to->more);
	pthread_mutex_unlock(&inbox->lock);
	if (waiting >= inbox->setup.limit)
		links_hold(inbox->setup.links, HOLD_INBOX, true);
}

void inbox_accept(struct inbox *inbox, const struct deliver *deliver, enum alphabet alphabet,
	const struct ussd_arrival *ussd)
{
	struct item *item = item_new_message(deliver, alphabet);

	if (ussd) {
		item->u.message.ussd = true;
		item->u.message.ussd_arrival = *ussd;
	}
	inbox->accepted++;
	inbox->last_message = clock_now();
	inbox_put(inbox, item);
}

void inbox_accept_receipt(struct inbox *inbox, const struct deliver *deliver,
	enum alphabet alphabet, const struct receipt *receipt)
{
	inbox_put(inbox, item_new_receipt(deliver, alphabet, receipt));
}

static void trace(const struct item *item, int rc)
{
	static const char *const answers[] = {
		[VERDICT_NONE] = "none",
		[VERDICT_OK] = "ok",
		[VERDICT_REFUSED] = "later",
		[VERDICT_SILENT] = "none",
	};
	char phone[LOG_PHONE];

	if (item->kind == ITEM_MESSAGE)
		log_traffic(item->link,
			"in inbound=%lld from=%s octets=%zu outcome=%s ref=%s answer=%s ms=%lld",
			(long long)item->row, log_mask_phone(item->u.message.source, phone),
			item->u.message.length, item->outcome ? item->outcome : "-",
			item->ref[0] ? item->ref : "-",
			rc == OK ? answers[item->verdict] : "dropped",
			(long long)(clock_now() - item->arrived));
	else
		log_traffic(item->link, "receipt message_id=%s state=%d answer=%s",
			item->receipt.id, (int)item->receipt.state,
			rc == OK ? answers[item->verdict] : "dropped");
}

static void answer(struct inbox *inbox, const struct item *item)
{
	unsigned char token[ITEM_TOKEN];
	int rc = ERR_NOT_FOUND;
	bool proves;

	if (item->verdict == VERDICT_OK) {
		proves = item->kind == ITEM_MESSAGE && clock_now() - item->arrived <= PROOF_MS;
		item_token(item, token);
		rc = links_ack(inbox->setup.links, item->link, item->generation, item->sequence,
			ESME_ROK, proves ? token : NULL);
		inbox->acknowledged += rc == OK;
		if (rc == OK)
			histogram_note(HISTOGRAM_ACK, clock_now() - item->arrived);
	} else if (item->verdict == VERDICT_REFUSED) {
		rc = links_ack(inbox->setup.links, item->link, item->generation, item->sequence,
			ESME_RX_T_APPN, NULL);
		inbox->refused++;
	} else {
		return;
	}
	inbox->dropped += rc != OK;
	trace(item, rc);
}

void inbox_refuse(struct inbox *inbox, const struct deliver *deliver, enum alphabet alphabet)
{
	struct item *item = item_new_message(deliver, alphabet);

	item->verdict = VERDICT_REFUSED;
	item->outcome = "no-room";
	inbox->accepted++;
	answer(inbox, item);
	item_free(item);
}

void inbox_on_committed(struct inbox *inbox)
{
	struct item *items;
	struct outgoing *replies;
	bool resume, broken;

	pthread_mutex_lock(&inbox->lock);
	items = inbox->done;
	inbox->done = NULL;
	inbox->done_tail = &inbox->done;
	replies = inbox->replies;
	inbox->replies = NULL;
	inbox->replies_tail = &inbox->replies;
	resume = inbox->waiting <= inbox->setup.limit / 2;
	broken = inbox->broken;
	pthread_mutex_unlock(&inbox->lock);

	for (const struct item *item = items; item; item = item->next) {
		if (is_counted(item))
			answer(inbox, item);
		else if (item->kind == ITEM_DEED)
			item->u.deed.done(item->u.deed.context, item->u.deed.client,
				item->verdict == VERDICT_OK ? item->u.deed.answer : NULL);
	}
	item_free_list(items);
	while (replies) {
		struct outgoing *next = replies->next;

		replies->next = NULL;
		inbox->setup.send(inbox->setup.context, replies);
		replies = next;
	}
	if (broken)
		inbox->setup.stop(inbox->setup.context);
	else if (resume)
		links_hold(inbox->setup.links, HOLD_INBOX, false);
}

void inbox_close(struct inbox *inbox)
{
	pthread_mutex_lock(&inbox->lock);
	inbox->closed = true;
	for (unsigned i = 0; i < inbox->setup.workers; i++)
		pthread_cond_signal(&inbox->to[i].more);
	pthread_mutex_unlock(&inbox->lock);
}

void inbox_status(struct inbox *inbox, struct inbox_status *out)
{
	pthread_mutex_lock(&inbox->lock);
	out->waiting = inbox->waiting;
	out->at_work = inbox->at_work;
	pthread_mutex_unlock(&inbox->lock);
	out->accepted = inbox->accepted;
	out->acknowledged = inbox->acknowledged;
	out->refused = inbox->refused;
	out->dropped = inbox->dropped;
	out->last_message = inbox->last_message;
}

/* False: it is time. Called locked. */
static bool sleep_until(struct inbox *inbox, struct waiting *to, int64_t ms)
{
	const struct timespec until = {
		.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};

	return pthread_cond_timedwait(&to->more, &inbox->lock, &until) == 0;
}

static void wait_for_more(struct inbox *inbox, struct waiting *to, int64_t wait)
{
	int64_t until = monotonic_ms() + wait, patient;

	while (!inbox->closed) {
		if (inbox->begun && (to->urgent > 0 || to->patient >= PATIENT_MOST))
			return;
		patient = inbox->begun && to->patient > 0 ? to->since + PATIENT_MS : until;
		if (!sleep_until(inbox, to, patient < until ? patient : until))
			return;
	}
}

/* Called locked. */
static void begin(struct inbox *inbox)
{
	inbox->begun = true;
	for (unsigned i = 1; i < inbox->setup.workers; i++)
		pthread_cond_signal(&inbox->to[i].more);
}

struct item *inbox_take(
	struct inbox *inbox, unsigned worker, size_t most, int64_t wait, bool *closed)
{
	struct waiting *to = &inbox->to[worker];
	struct item *first, *last = NULL;
	size_t taken = 0;

	pthread_mutex_lock(&inbox->lock);
	if (worker == 0 && !inbox->begun)
		begin(inbox);
	wait_for_more(inbox, to, wait);
	first = inbox->begun ? to->head : NULL;
	for (struct item *item = first; item && taken < most; item = item->next) {
		last = item;
		taken++;
		count(to, item, -1);
		inbox->waiting -= is_counted(item);
		inbox->at_work += is_counted(item);
	}
	if (last) {
		to->head = last->next;
		last->next = NULL;
		if (!to->head)
			to->tail = &to->head;
	}
	*closed = inbox->closed;
	pthread_mutex_unlock(&inbox->lock);
	return first;
}

/* Nobody sends a proof or a result again: those that could not be stored wait at the front. Called
 * locked. */
static void keep_for_later(struct waiting *to, struct item *first, struct item **last)
{
	if (!first)
		return;
	if (!to->head)
		to->tail = last;
	*last = to->head;
	to->head = first;
	for (const struct item *item = first; item != *last; item = item->next)
		count(to, item, 1);
}

bool inbox_is_idle(struct inbox *inbox, unsigned worker)
{
	bool idle;

	pthread_mutex_lock(&inbox->lock);
	idle = inbox->to[worker].urgent == 0;
	pthread_mutex_unlock(&inbox->lock);
	return idle;
}

void inbox_give_back(struct inbox *inbox, unsigned worker, struct item *items,
	struct outgoing *replies, int rc)
{
	struct item *again = NULL, **again_tail = &again;

	pthread_mutex_lock(&inbox->lock);
	while (items) {
		struct item *item = items;

		items = item->next;
		item->next = NULL;
		inbox->at_work -= is_counted(item);
		if (!is_counted(item) && item->kind != ITEM_DEED &&
			item->verdict == VERDICT_REFUSED) {
			*again_tail = item;
			again_tail = &item->next;
		} else {
			spread_give_back(inbox->spread, item->who, item->home);
			*inbox->done_tail = item;
			inbox->done_tail = &item->next;
		}
	}
	keep_for_later(&inbox->to[worker], again, again_tail);
	*inbox->replies_tail = replies;
	while (*inbox->replies_tail)
		inbox->replies_tail = &(*inbox->replies_tail)->next;
	if (rc == ERR_STORE_IO)
		inbox->broken = true;
	pthread_mutex_unlock(&inbox->lock);
	inbox->setup.wake(inbox->setup.context);
}
