/* An outbox of two links, "uji" (GSM 03.38) and "lain" (Latin-1), for the tests of the way out. */
#ifndef TESTS_GATEWAY_OUTBOX_FIXTURE_H
#define TESTS_GATEWAY_OUTBOX_FIXTURE_H

#include "gateway/out/outbox.h"
#include "tests/gateway/doubles.h"

extern struct config_smsc smsc[2];
extern struct link made[2];
extern struct outbox_queue *queue;
struct result {
	int64_t id, due;
	const char *state;
	char link[8];
	char message_id[66];
};
extern struct result results[32]; /* the last so many */
extern size_t nresult;

int outbox_setup_test(void **state);
int outbox_teardown_test(void **state);
void send_as(int64_t id, const char *kind, const char *link, const char *text, int tries);
void answer(size_t index, enum submit_outcome outcome, const char *message_id); /* sents[index] */

#endif
