/* What the tests of worker, inbox and outbox put in place of flows and links (through the linker's
 * --wrap). */
#ifndef TESTS_GATEWAY_DOUBLES_H
#define TESTS_GATEWAY_DOUBLES_H

#include "gateway/inbox/item.h"
#include "gateway/work/worker.h"

/* The flow: counts, and answers each message with one claimed reply "ok TEXT". A text that holds
 * "RACUN" fails with ERR_STORE; "PARAH" fails and so does its apology; "ALARM" puts an alert that
 * waits. */
extern int flow_calls, apologies;
/* Deadlines: what is due is dropped; of the kind "racun" it fails with ERR_STORE. */
extern int deadlines_run;
extern int64_t deadline_takes; /* milliseconds that pass in each */
extern char flow_texts[64][400];

/* The next commit does not happen and returns this; 0: none. */
extern int commit_error;

/* Links: what was answered and submitted. */
struct ack {
	const struct link *link;
	uint64_t generation;
	uint32_t sequence, status;
	bool token;
};
extern struct ack acks[64];
extern size_t nack;
struct sent {
	const struct link *link;
	uint64_t cookie;
	struct submit submit;
	uint8_t octets[256];
};
extern struct sent sents[256];
extern size_t nsent;
extern int submit_error; /* what link_submit returns */
extern size_t submit_room; /* how many more it takes; then ERR_LIMIT */
extern int64_t submit_takes; /* milliseconds that pass in each link_submit */
extern int paused; /* link_pause_reading minus link_resume_reading */

struct link { /* of these tests */
	const char *name;
	enum link_state state;
};

void doubles_reset(void);

/* A delivered message as smpp_link hands it over; views into the call's arguments. */
struct delivery {
	struct pdu_message message;
	struct tlv_list tlvs;
	struct deliver deliver;
};
struct deliver *delivery_make(
	struct delivery *to, const char *from, const char *text, uint32_t sequence);
struct item *make_item(const char *from, const char *text);

#endif
