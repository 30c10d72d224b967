/* What came in, as it came, and what tells a redelivery from a human repeating. */
#ifndef STORE_MESSAGE_INBOUND_H
#define STORE_MESSAGE_INBOUND_H

#include "store/base/store.h"

struct inbound {
	int64_t id;
	const char *channel; /* "sms" or "ussd" */
	const char *link;
	const char *source; /* normalised phone number, or the raw address */
	const char *destination;
	const unsigned char *octets; /* user data as received, UDH included */
	size_t length;
	uint8_t esm_class, data_coding;
	int64_t received;   /* UTC seconds */
	const char *text;   /* decoded UTF-8; NULL for a part that waits */
	const char *state;  /* "received" until it is finished; "handled", "part", "heard" (a part
			       that was listened to), "quarantined", "ignored" */
	const char *intent; /* of the reading; NULL */
	const unsigned char *digest; /* 32 octets: link, addresses, octets, TLVs, UDH part */
};

#define DIGEST_SIZE 32

/* The number of a row that will be put in this batch: what the message causes can refer to it, and
 * the row is written once, with what became of it. */
int store_inbound_number(struct store *store, int64_t *id) MUST_CHECK;
/* Writes the row and, when digest is not NULL, its redelivery key. inbound->id: its number, or 0. */
int store_inbound_put(struct store *store, const struct inbound *inbound, int64_t *id) MUST_CHECK;
int store_inbound_get(
	struct store *store, struct arena *arena, int64_t id, struct inbound *out) MUST_CHECK;
/* text NULL: as it was. ERR_NOT_FOUND. */
int store_inbound_finish(struct store *store, int64_t id, const char *state, const char *intent,
	const char *text) MUST_CHECK;
/* The newest messages of a sender. */
int store_inbound_from(struct store *store, struct arena *arena, const char *source,
	struct inbound *rows, size_t room, size_t *count) MUST_CHECK;
/* Messages that were handled since then, oldest first: by their numbers, which follow the time. */
typedef void inbound_handled(const struct inbound *row, void *context);
int store_inbound_since(struct store *store, int64_t since, inbound_handled *each,
	void *context) MUST_CHECK;
/* Empties octets and text of messages received before, among the next `most` rows behind id *after,
 * which moves on; begin with 0. *after 0 again: all are done. The same for the human inbox. */
int store_inbound_purge(struct store *store, int64_t before, size_t most, int64_t *after,
	size_t *purged) MUST_CHECK;
int store_human_purge(struct store *store, int64_t before, size_t most, int64_t *after,
	size_t *purged) MUST_CHECK;

/* Texts of messages that went out and need no care any more. */
int store_outbox_purge(struct store *store, int64_t before, size_t most, int64_t *after,
	size_t *purged) MUST_CHECK;
/* Free pages of the file go back to the disk, a few at a time; *left: how many are free still. A
 * store made by an early program keeps them for itself. */
int store_give_back(struct store *store, int64_t *left) MUST_CHECK;
/* How many rows they would empty. */
enum purge_table { PURGE_MESSAGES, PURGE_INBOX, PURGE_SENT };
int store_purgeable(struct store *store, enum purge_table table, int64_t before,
	int64_t *count) MUST_CHECK;

/* The row that this digest is a redelivery of: ERR_NOT_FOUND when there is no key younger than
 * `since`. */
int store_redelivery_find(
	struct store *store, const unsigned char *digest, int64_t since, int64_t *id) MUST_CHECK;
/* Our ROK is proven received: the same octets are a human repeating from now on. */
int store_redelivery_forget(struct store *store, const unsigned char *digest) MUST_CHECK;
int store_redelivery_sweep(struct store *store, int64_t before) MUST_CHECK;

/* Parts of a long message, each with its inbound row (inbound->id, received); a part again replaces
 * itself. store_part_all: those that are there in order, octets without UDH; complete when *count
 * is key->total. */
struct part_key {
	const char *link, *source, *destination;
	int ref, total;
};
int store_part_put(struct store *store, const struct part_key *key, int number,
	const struct inbound *inbound, const unsigned char *payload, size_t length) MUST_CHECK;
/* How many parts are there, and their octets altogether. */
int store_part_sum(struct store *store, const struct part_key *key, size_t *count,
	size_t *octets) MUST_CHECK;
int store_part_all(struct store *store, struct arena *arena, const struct part_key *key,
	struct inbound *parts, size_t *count) MUST_CHECK; /* room for key->total */
/* Is what stands under the key another message, whose sender uses the reference again? A part with
 * this number and other octets, or nothing newer than `since`. */
int store_part_reused(struct store *store, const struct part_key *key, int number,
	const unsigned char *payload, size_t length, int64_t since, bool *reused) MUST_CHECK;
int store_part_forget(struct store *store, const struct part_key *key) MUST_CHECK;
int store_part_heard(struct store *store, const struct part_key *key) MUST_CHECK;
/* As store_part_late(), one with a part that nobody has listened to. */
int store_part_unheard(
	struct store *store, struct arena *arena, int64_t before, struct part_key *key) MUST_CHECK;
/* A message whose newest part is older than `before` and that will not be completed; ERR_NOT_FOUND.
 */
int store_part_late(
	struct store *store, struct arena *arena, int64_t before, struct part_key *key) MUST_CHECK;

#endif
