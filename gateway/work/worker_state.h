/* The worker's inside, shared by worker*.c only. */
#ifndef GATEWAY_WORKER_STATE_H
#define GATEWAY_WORKER_STATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "flows/report/loop.h"
#include "flows/rules/settings.h"
#include "gateway/work/worker_setup.h"

struct worker {
	struct store *store;
	struct crash *crash;
	struct disk *disk;
	struct worker_config config;
	struct flow flow;
	struct arena *arena; /* one message */
	unsigned number; struct worker_reading *reading; /* NULL: nobody reads ahead */
	struct gazetteer *places;
	int64_t places_version;
	int64_t places_rest; /* clock_now(): not loaded again before */
	bool has_places, has_habits;
		struct outgoing *out, **out_tail; /* of the open batch; gone with it when it is rolled back */
	void (*shares)(void *context, struct shares *out);
	void *context;
	struct worker_rooms rooms;
	size_t links_known, links_left; /* how often rows of links that went are still looked for */
	int64_t clock_jumped; /* clock_now() of the last jump that was seen to */
	int64_t expires_next; /* clock_now() */
	const char *derive; /* why deadlines are derived again at the next tick; NULL */
	uint64_t fold_handled; /* messages, as they were in the last tick */
	bool folds, deadlines_alone; /* counts, slices; one by one: some have failed together */
	int64_t ticked, swept, freed, folded, seen, next_deadline; /* UTC; seen: of the last tick */
	bool shared; int64_t beat_sent, beating_since; /* clock_boot(): worker_lease.c */
	_Atomic int64_t lease_until;
	int64_t parked_until; /* UTC: receipts that came early may wait so long for their row */
	_Atomic uint64_t batches, handled, redelivered, quarantined, parts, early_receipts,
		lost_receipts, mislabelled, expired, held;
	int64_t batch_begun; _Atomic int64_t last_commit, last_tick; /* clock_now() */
	pthread_mutex_t survey_lock;
	struct survey survey; /* under the lock */
	_Atomic int last_error;
};

/* busy, full or I/O: about the whole store, not about one message. */
bool worker_is_trouble(int rc);
int worker_refresh_places(struct worker *worker) MUST_CHECK;
int worker_begin(struct worker *worker) MUST_CHECK; /* batch_begin with fresh places and time */
int worker_commit(
	struct worker *worker) MUST_CHECK; /* batch_commit; on an error all is rolled back */
void worker_rollback(struct worker *worker);
struct outgoing *worker_send(
	struct worker *worker, const struct outbox *row); /* goes out when the batch is durable */
void worker_hand_over(struct worker *worker, struct outgoing **out);

int worker_look_around(struct worker *worker) MUST_CHECK; /* worker_survey.c: every few seconds */

/* worker_item.c: one item in the open batch. */
int worker_run(struct worker *worker, struct item *item) MUST_CHECK;
int worker_run_message(struct worker *worker, struct item *item) MUST_CHECK;
/* What no person wrote: kept raw, never answered. */
int worker_keep_raw(struct worker *worker, struct item *item, const char *intent) MUST_CHECK;
/* How far a message that made its flow fail is still handled. */
enum quarantine { QUARANTINE_ANSWERED, QUARANTINE_SILENT };
int worker_quarantine(struct worker *worker, struct item *item, enum quarantine how) MUST_CHECK;
/* What was put for this message leaves when the batch is durable. */
int worker_gather(struct worker *worker, struct item *item, int64_t inbound) MUST_CHECK;
const char *worker_decode(struct worker *worker, const unsigned char *octets, size_t length,
	uint8_t data_coding, enum alphabet alphabet);

/* worker_ussd.c: a step of a session; the screen of a redelivered message again (known: its inbound
 * row); a screen that could not be shown. worker_mask_ussd takes what must not be stored out of the
 * row. */
int worker_run_ussd(
	struct worker *worker, const struct item *item, struct flow_message *message) MUST_CHECK;
int worker_apologise_ussd(
	struct worker *worker, const struct item *item, struct flow_message *message) MUST_CHECK;
int worker_mask_ussd(
	struct worker *worker, const struct item *item, struct inbound *inbound) MUST_CHECK;
int worker_again_ussd(struct worker *worker, const struct item *item, int64_t known) MUST_CHECK;
int worker_lost_ussd(struct worker *worker, int64_t id) MUST_CHECK;

/* worker_parts.c */
/* Stores a part. *text: the whole text when it was the last that was missing, else NULL. *too_long:
 * no text has so many octets; the parts are forgotten. */
#define TEXT_OCTETS_MAX 40000
int worker_put_part(struct worker *worker, const struct item *item, struct inbound *inbound,
	const char **text, bool *too_long) MUST_CHECK;
/* Long messages that will not be completed: their senders are asked to send again. */
int worker_sweep_parts(struct worker *worker) MUST_CHECK;

/* worker_deed.c */
int worker_run_deed(struct worker *worker, struct item *item) MUST_CHECK;

/* worker_receipt.c */
int worker_run_receipt(struct worker *worker, struct item *item) MUST_CHECK;
int worker_run_result(struct worker *worker, const struct item *item) MUST_CHECK;

#endif
