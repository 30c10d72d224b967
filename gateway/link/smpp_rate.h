/* How fast a link may send: a token bucket, and what throttling by the SMSC does to it.
 *
 * Throttled: the whole link holds for 1 s (2, 4 … 60 s when it happens again at once) and goes on
 * at half the rate, which then grows by a twentieth of the configured rate each second that goes
 * well.
 */
#ifndef GATEWAY_SMPP_RATE_H
#define GATEWAY_SMPP_RATE_H

#include <stdint.h>

struct rate {
	double limit; /* configured, PDUs per second; 0: none */
	double allowed; /* now; 0: no limit */
	double ceiling; /* without a configured limit: where the limit set by throttling ends */
	double tokens;
	int64_t filled_ms;
	int64_t hold_ms, hold_until_ms; /* hold_ms 0: the last answer was good */
	int64_t grown_ms;
	int64_t second_ms; /* start of the second that is counted */
	unsigned sent, sent_before; /* in this second and in the one before */
};

void rate_init(struct rate *rate, int limit);
/* Milliseconds until one PDU may go; 0: now. */
int64_t rate_wait(struct rate *rate);
void rate_spend(struct rate *rate);
/* The SMSC's answers to a PDU sent at sent_ms. Those sent before the hold began say nothing new. */
void rate_throttled(struct rate *rate, int64_t sent_ms);
void rate_accepted(struct rate *rate, int64_t sent_ms);

#endif
