/* How long to wait before the next attempt to connect. */
#ifndef GATEWAY_SMPP_BACKOFF_H
#define GATEWAY_SMPP_BACKOFF_H

#include <stdint.h>

enum backoff_reason {
	BACKOFF_LOST, /* 1 s, doubling up to 60 s */
	/* The same up to 5 minutes: SMSCs say RBINDFAIL of what mends itself and of a bad account */
	BACKOFF_REFUSED,
	BACKOFF_ALREADY_BOUND, /* the SMSC still holds our old session: at least 30 s */
	BACKOFF_CREDENTIALS, /* 5 to 15 minutes: operators lock accounts that knock too often */
};

struct backoff {
	int64_t base_ms;
};

/* Milliseconds, with jitter. There is always a next attempt. */
int64_t backoff_next(struct backoff *backoff, enum backoff_reason reason);
void backoff_reset(struct backoff *backoff); /* the session lived long enough to count as good */

/* Tests: random(bound) gives 0 … bound - 1. NULL: the system's again. */
void backoff_set_random(uint32_t (*random)(uint32_t bound));

#endif
