/* The one timer heap: every timeout of the loop thread is in it. Loop thread only.
 *
 * A struct timer is a member of its owner, zeroed or initialised with timer_init(); the owner
 * cancels it before it goes away. In production one libevent timer drives the heap (timers_attach);
 * in tests timers_advance() moves the frozen clock and fires what falls due, in order, each at its
 * own time.
 */
#ifndef GATEWAY_TIMER_H
#define GATEWAY_TIMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct event_base;

struct timer {
	void (*fire)(void *context); /* may arm, cancel or free any timer, this one too */
	void *context;
	int64_t due; /* monotonic milliseconds */
	uint64_t order; /* equal due: first armed, first fired */
	size_t place; /* in the heap, from 1; 0: not armed */
};

void timer_init(struct timer *timer, void (*fire)(void *context), void *context);
void timer_arm(
	struct timer *timer, int64_t delay); /* milliseconds from now; arming again moves it */
void timer_cancel(struct timer *timer); /* harmless when not armed */
bool timer_armed(const struct timer *timer);

/* From now on `base` runs what is due. Detach before the base is freed. */
void timers_attach(struct event_base *base);
void timers_detach(void);

size_t timers_run(void); /* fires all that is due now; how many */
int64_t timers_next(void); /* monotonic milliseconds of the next; -1: none */
void timers_advance(int64_t milliseconds); /* tests: the clock must be frozen */

#endif
