/* What the loop thread hands to the worker and gets back judged: messages, receipts, proofs and
 * results, in one order.
 *
 * One owner at a time: the inbox while it waits, the worker during a step, the loop thread
 * afterwards.
 */
#ifndef GATEWAY_INBOX_ITEM_H
#define GATEWAY_INBOX_ITEM_H

#include "gateway/link/smpp_link.h"
#include "gateway/out/ussd.h"
#include "gateway/smpp/smpp_udh.h"
#include "parsers/text/text.h"
#include "store/message/inbound.h"

enum item_kind {
	ITEM_MESSAGE, /* a person's message: answered after the commit */
	ITEM_RECEIPT, /* a delivery receipt: answered after the commit */
	ITEM_PROVEN, /* the SMSC has our ROK for this digest */
	ITEM_RESULT, /* what became of a row of the outbox */
	ITEM_DEED, /* of a person at a screen, by the control socket */
};

enum verdict {
	VERDICT_NONE, /* not judged yet */
	VERDICT_OK, /* durable */
	VERDICT_REFUSED, /* for now: ESME_RX_T_APPN */
	VERDICT_SILENT, /* nobody knows: no response at all */
};

struct item_message {
	char source[67], destination[66]; /* digits as received; + before those from abroad */
	bool ussd;
	struct ussd_arrival ussd_arrival; /* when it is one */
	uint8_t esm_class, data_coding;
	enum alphabet alphabet;
	struct message_part part;
	size_t skip; /* octets of the user data header */
	size_t length;
	const unsigned char *octets; /* behind the item, in one piece with it */
};

struct item_result {
	int64_t id;
	const char *state; /* a literal of store/message/outbox.h */
	char message_id[66];
	int64_t due; /* UTC seconds; for state "waiting" */
};

struct item_deed {
	char *answer; /* JSON, once it was done; the item owns it */
	/* loop thread, after the commit; answer NULL: not done. The client may be gone. */
	void (*done)(void *context, uint64_t client, const char *answer);
	void *context;
	uint64_t client;
	const char *request; /* behind the item, in one piece with it */
};

#define ITEM_LINK 64
struct item {
	struct item *next;
	enum item_kind kind;
	enum verdict verdict;
	char link[ITEM_LINK];
	uint64_t generation;
	uint32_t sequence;
	int64_t arrived; /* clock_now() */
	int64_t received; /* UTC seconds */
	/* What the worker made of a message, for the log. */
	int64_t row; /* inbound; 0: none */
	const char *outcome; /* a literal: the intent, or "redelivered", "part", "quarantined" */
	char ref[24];
	unsigned char digest[DIGEST_SIZE];
	uint64_t who; /* spread_who() of the phone that it has to do with; 0: none */
	uint64_t home; /* spread_hash() of where its owner works, once that is known; 0 */
	struct receipt receipt; /* of ITEM_RECEIPT, which holds the message too */
	union {
		struct item_message message;
		struct item_result result;
		struct item_deed deed;
	} u;
};

struct item *item_new_message(const struct deliver *deliver, enum alphabet alphabet);
struct item *item_new_receipt(const struct deliver *deliver, enum alphabet alphabet,
	const struct receipt *receipt);
struct item *item_new_proven(const char *link, const unsigned char digest[DIGEST_SIZE]);
#define ITEM_TOKEN (DIGEST_SIZE + 8) /* what of a message comes back with its proof */
void item_token(const struct item *item, unsigned char token[ITEM_TOKEN]);
struct item *item_new_proof(const char *link, const unsigned char token[ITEM_TOKEN]);
struct item *item_new_result(
	const char *link, int64_t id, const char *state, const char *message_id, int64_t due);
struct item *item_new_deed(const char *request, const struct item_deed *deed);
void item_free(struct item *item);
void item_free_list(struct item *items);

/* What makes two deliveries the same: link, addresses, coding, octets, TLVs. Keyed. */
void digest_deliver(const struct deliver *deliver, unsigned char digest[DIGEST_SIZE]);

#endif
