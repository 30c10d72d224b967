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

#include "gateway/out/outbox_setup.h"
#include "gateway/out/outgoing.h"

struct outbox_queue; /* struct outbox is a row of the store */

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

void outbox_status(const struct outbox_queue *queue, struct outbox_status *out);

#endif
