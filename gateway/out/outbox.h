/* Replies on their way out: queues per link and class, and what became of each.
 * Loop thread only.
 *
 * A row leaves the memory when its result was handed on: sent, waiting (tried again later, from the
 * store), unsure or dropped. An SMS whose submit had no response is marked unsure first and then,
 * by policy, sent once more. What may go over any link goes over the one that takes it soonest; an
 * alarm that is not submitted for 20 s moves to another.
 */
#ifndef GATEWAY_OUTBOX_H
#define GATEWAY_OUTBOX_H

#include "flows/rules/hours.h"
#include "gateway/out/links.h"
#include "gateway/out/outgoing.h"
#include "gateway/out/share.h"

struct outbox_queue; /* struct outbox is a row of the store */

struct outbox_policy {
	bool resend_unsure;
	int tries, retry, retry_max; /* seconds */
	struct hours hours;
};

struct outbox_setup {
	struct links *links;
	/* rows in memory per link; see outbox_shares(). Sockets are read on: responses make room */
	size_t limit;
	struct outbox_policy policy;
	/* link: that which it went over, "" when there was none */
	void (*result)(void *context, const char *link, int64_t id, const char *state,
		const char *message_id, int64_t due);
	void *context;
};

struct outbox_queue *outbox_new(const struct outbox_setup *setup);
void outbox_free(
	struct outbox_queue *queue); /* after the links: what is left stays claimed in the store */
void outbox_configure(struct outbox_queue *queue, const struct outbox_policy *policy);

/* The table of links has other members: what waits for one that is gone goes back to the store, for
 * any link. */
void outbox_links_changed(struct outbox_queue *queue);

/* A link was bound or lost: what may go over any does not wait for one that is down. */
void outbox_on_state(struct outbox_queue *queue);

void outbox_send(struct outbox_queue *queue, struct outgoing *reply); /* takes it */
void outbox_on_ready(struct outbox_queue *queue, struct link *link);
void outbox_on_result(struct outbox_queue *queue, struct link *link, uint64_t cookie,
	const struct submit_result *result);

/* May one more step of USSD come in over this link? dial: one that begins a session. Otherwise so
 * many screens wait already that the person would not see the answer. */
bool outbox_takes_screen(struct outbox_queue *queue, const char *link_name, bool dial);

/* What may still come, by link and class; any thread. */
void outbox_shares(struct outbox_queue *queue, struct shares *out);
size_t outbox_held(const struct outbox_queue *queue); /* rows in memory */

struct outbox_status {
	size_t waiting, under_way; /* replies in memory */
	uint64_t sent, retried, unsure, resent, dropped, expired, moved;
	int64_t oldest[OUTBOX_CLASSES]; /* UTC: when the oldest that waits was put; 0: none */
	size_t in_class[OUTBOX_CLASSES]; /* of those that wait */
	int64_t last_sent; /* clock_now(); 0: none yet */
};
void outbox_status(const struct outbox_queue *queue, struct outbox_status *out);

#endif
