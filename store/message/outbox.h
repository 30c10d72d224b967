/* Messages that wait to go out, and what became of them.
 *
 * States: waiting → claimed (by a gateway, in its window) → sent (SMSC took it, message_id known)
 * → delivered | failed; or unsure (submit outcome unknown); or dropped (refused for good);
 * or expired (too late to be of use).
 * An unsure row that its owner will send once more keeps the owner (set it with a due time).
 * Only store_outbox_set() writes a state.
 */
#ifndef STORE_MESSAGE_OUTBOX_H
#define STORE_MESSAGE_OUTBOX_H

#include "store/base/store.h"

/* What may hold back what: nothing a class before it. The numbers are stored. */
enum outbox_class {
	OUTBOX_SCREEN, /* somebody looks at the phone */
	OUTBOX_ALARM, /* deaths, emergencies, their escalations */
	OUTBOX_ANSWER, /* somebody wrote and waits */
	OUTBOX_NOTICE, /* requests, corrections, news about a report */
	OUTBOX_CAMPAIGN, /* reminders, summaries: many at once */
	OUTBOX_CLASSES
};
enum outbox_class store_outbox_class(const char *kind);
const char *store_outbox_class_name(enum outbox_class class);

struct outbox {
	int64_t id;
	int64_t inbound;  /* the message it answers; 0: none (alert, reminder) */
	const char *kind; /* "reply", "human", "code", "alert", "notice" … : outbox.c has all */
	const char *link; /* NULL: any link, chosen by the gateway */
	const char *recipient;
	const char *text; /* UTF-8 */
	const char *ref;  /* report it is about; NULL */
	const char *state;
	const char *owner;      /* gateway that claimed it; NULL */
	const char *message_id; /* of the SMSC; NULL */
	int64_t created, due, sent, ended; /* due: not before; sent, ended: 0: not, or unknown */
	int tries;
	const char *session; /* USSD: key of the session; NULL */
};

/* To a number that may not be written to (store.h) it ends as "dropped". state and owner as in row:
 * a reply is put "claimed" by this gateway, others "waiting". id may be NULL. */
int store_outbox_put(struct store *store, const struct outbox *row, int64_t *id) MUST_CHECK;
struct outbox_claim {
	const char *owner;
	enum outbox_class class;
	const char *link; /* NULL: rows that may go over any */
	int64_t now;
	int64_t newer; /* only rows put after this; 0: all */
};
/* Claims up to `room` due waiting rows, oldest first, and counts a try. Its own transaction when no
 * batch is open; none at all when nothing is due. */
int store_outbox_claim(struct store *store, struct arena *arena, const struct outbox_claim *claim,
	struct outbox *rows, size_t room, size_t *count) MUST_CHECK;
/* Waiting rows of a class put before `before` end as "expired", at most `most`. */
int store_outbox_expire(struct store *store, enum outbox_class class, int64_t before, size_t most,
	size_t *expired) MUST_CHECK;
/* Rows that wait for a link of which keep() says no may go over any. */
int store_outbox_free_links(struct store *store, struct arena *arena,
	bool (*keep)(const char *link, void *context), void *context) MUST_CHECK;
/* Rows that `owner` claimed before it died, or was to send once more: at start they are sent again
 * (policy of the gateway). */
int store_outbox_reclaim(struct store *store, struct arena *arena, const char *owner,
	struct outbox *rows, size_t room, size_t *count) MUST_CHECK;
/* The same, of one link; NULL: those that may go over any. */
int store_outbox_claimed_by(struct store *store, struct arena *arena, const char *owner,
	const char *link, struct outbox *rows, size_t room, size_t *count) MUST_CHECK;
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
/* What went out to a phone since then, newest first. */
int store_outbox_to(struct store *store, struct arena *arena, const char *recipient, int64_t since,
	struct outbox *rows, size_t room, size_t *count) MUST_CHECK;
/* A delivery receipt: by the SMSC's id or a variant, in small letters, without leading zeros. */
int store_outbox_by_message_id(struct store *store, const char *link, const char *const *variants,
	size_t count, int64_t *id) MUST_CHECK;
/* All that went out about a report, oldest first: replies and alerts. */
int store_outbox_of_ref(struct store *store, struct arena *arena, const char *ref,
	struct outbox *rows, size_t room, size_t *count) MUST_CHECK;
/* What waits in the store, by class; oldest: when the first was put, 0: none. */
struct outbox_waiting { int64_t count, oldest; };
int store_outbox_waiting(struct store *store, struct outbox_waiting w[OUTBOX_CLASSES]) MUST_CHECK;

#endif
