/* Messages that wait to go out, and what became of them.
 *
 * States: waiting → claimed (by a gateway, in its window) → sent (SMSC took it, message_id known)
 * → delivered | failed; or unsure (submit outcome unknown); or dropped (refused for good, expired).
 * An unsure row that its owner will send once more keeps the owner (set it with a due time).
 * Only store_outbox_set() writes a state.
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "store/store.h"

struct outbox {
	int64_t id;
	int64_t inbound;  /* the message it answers; 0: none (alert, reminder) */
	const char *kind; /* "reply", "alert", "reminder", "ussd", "ussd-end", "human" */
	const char *link; /* NULL: any link, chosen by the gateway */
	const char *recipient;
	const char *text; /* UTF-8 */
	const char *ref;  /* report it is about; NULL */
	const char *state;
	const char *owner;      /* gateway that claimed it; NULL */
	const char *message_id; /* of the SMSC; NULL */
	int64_t created, due;   /* due: not before */
	int tries;
	const char *session; /* USSD: key of the session; NULL */
};

/* state and owner as in row: a reply is put "claimed" by this gateway, others "waiting". id may be
 * NULL. */
int store_outbox_put(struct store *store, const struct outbox *row, int64_t *id) MUST_CHECK;
/* Claims up to `room` due waiting rows for `owner`, oldest first, and counts a try. Its own
 * transaction when no batch is open; none at all when nothing is due. */
int store_outbox_claim(struct store *store, struct arena *arena, const char *owner, int64_t now,
	struct outbox *rows, size_t room, size_t *count) MUST_CHECK;
/* Rows that `owner` claimed before it died, or was to send once more: at start they are sent again
 * (policy of the gateway). */
int store_outbox_reclaim(struct store *store, struct arena *arena, const char *owner,
	struct outbox *rows, size_t room, size_t *count) MUST_CHECK;
/* ERR_STATE: a move that is not allowed (a final state stays); the same state again is fine.
 * due 0 leaves what was; "waiting" gives the row back to any gateway. */
int store_outbox_set(struct store *store, int64_t id, const char *state, int64_t due) MUST_CHECK;
/* "sent": the link that took it, and its id there (NULL: it gave none), for the receipt. */
int store_outbox_sent(
	struct store *store, int64_t id, const char *link, const char *message_id) MUST_CHECK;
/* The wall clock was set back: what waits until later than `after` is due at `due`. */
int store_outbox_hasten(struct store *store, int64_t after, int64_t due) MUST_CHECK;
int store_outbox_get(
	struct store *store, struct arena *arena, int64_t id, struct outbox *out) MUST_CHECK;
/* The replies to an inbound row, oldest first. */
int store_outbox_of_inbound(struct store *store, struct arena *arena, int64_t inbound,
	struct outbox *rows, size_t room, size_t *count) MUST_CHECK;
/* A delivery receipt: finds the row by the SMSC's id or one of its variants, all in small letters
 * and without leading zeros. */
int store_outbox_by_message_id(struct store *store, const char *link, const char *const *variants,
	size_t count, int64_t *id) MUST_CHECK;
/* All that went out about a report, oldest first: replies and alerts. */
int store_outbox_of_ref(struct store *store, struct arena *arena, const char *ref,
	struct outbox *rows, size_t room, size_t *count) MUST_CHECK;
/* For status: how many wait and are under way, and the due time of the oldest that waits (0: none).
 */
int store_outbox_counts(
	struct store *store, int64_t *waiting, int64_t *claimed, int64_t *oldest) MUST_CHECK;

#endif
