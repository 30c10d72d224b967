/* From the sockets to the workers and back: what came in waits here, and is answered here once it is
 * durable.
 *
 * The loop thread accepts and answers; each worker's thread takes what is its own (spread.h) and gives
 * it back. The first one begins: the others get nothing before it came. When `limit`
 * messages wait, the sockets are not read until half of them are gone.
 */
#ifndef GATEWAY_INBOX_INBOX_H
#define GATEWAY_INBOX_INBOX_H

#include "gateway/inbox/item.h"
#include "gateway/out/links.h"
#include "gateway/out/outgoing.h"

struct inbox;

struct inbox_setup {
	struct links *links;
	size_t limit;
	unsigned workers; /* 0: one */
	/* called by the worker: the loop thread shall call inbox_on_committed() soon */
	void (*wake)(void *context);
	void (*send)(void *context, struct outgoing *reply); /* takes the reply: outbox_send() */
	/* the store is broken: nothing is to be acknowledged any more */
	void (*stop)(void *context);
	void *context;
};

struct inbox *inbox_new(const struct inbox_setup *setup);
void inbox_free(struct inbox *inbox);

/* Loop thread. inbox_accept copies what it needs of deliver; ussd: NULL for an SMS. */
void inbox_accept(struct inbox *inbox, const struct deliver *deliver, enum alphabet alphabet,
	const struct ussd_arrival *ussd);
/* There is no room for what it would cause: ESME_RX_T_APPN at once, nothing is kept. */
void inbox_refuse(struct inbox *inbox, const struct deliver *deliver, enum alphabet alphabet);
void inbox_accept_receipt(struct inbox *inbox, const struct deliver *deliver,
	enum alphabet alphabet, const struct receipt *receipt);
void inbox_put(struct inbox *inbox, struct item *item); /* a proof or a result; takes the item */
void inbox_on_committed(struct inbox *inbox); /* answers, sends: all that the worker gave back */
void inbox_close(struct inbox *inbox); /* inbox_take() gives what is left, then ends */

struct inbox_status {
	size_t waiting; /* messages and receipts not yet taken */
	size_t at_work; /* taken, not yet given back */
	uint64_t accepted, acknowledged, refused, dropped; /* dropped: the session was gone */
	int64_t last_message; /* clock_now(); 0: none yet */
};
void inbox_status(struct inbox *inbox, struct inbox_status *out);

/* The thread of a worker, counted from 0. Waits up to `wait` milliseconds for work; proofs and results
 * alone wait a little for a message. NULL: nothing came. *closed: only leftovers will come. */
struct item *inbox_take(
	struct inbox *inbox, unsigned worker, size_t most, int64_t wait, bool *closed);
bool inbox_is_idle(struct inbox *inbox, unsigned worker); /* nobody waits for what it could take */
/* Gives items and replies back; rc ERR_STORE_IO: stop. */
void inbox_give_back(struct inbox *inbox, unsigned worker, struct item *items,
	struct outgoing *replies, int rc);

#endif
