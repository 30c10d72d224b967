/* The time, twice: monotonic for everything that waits, wall for stamps and dates. Both in
 * milliseconds.
 *
 * Tests and `kabarctl play` stop it with clock_freeze() and move it with clock_advance(); from then
 * on no call of this file asks the system. Any thread may read it.
 */
#ifndef GATEWAY_CLOCK_H
#define GATEWAY_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

int64_t clock_now(void); /* monotonic: starts anywhere, never goes back */
int64_t clock_boot(void); /* monotonic, and goes on while the machine sleeps */
int64_t clock_wall(void); /* UTC since 1970 */
int64_t clock_utc(void); /* the same in seconds: what the store keeps */

/* Did the wall clock jump by more than five minutes against the monotonic one, within the last ten
 * minutes? Then nothing that it alone says is final: nothing expires, nothing of the calendar is
 * run. Whoever asks first notices. */
bool clock_doubtful(void);
struct clock_jump {
	int64_t at; /* clock_now() when the last one was noticed; 0: none */
	int64_t seconds;
};
struct clock_jump clock_last_jump(void);

void clock_freeze(int64_t wall); /* virtual from now on; clock_now() starts at 1,000,000 */
void clock_advance(int64_t milliseconds); /* only while frozen; both clocks */
void clock_set_wall(int64_t wall); /* only while frozen: the administrator moved the wall clock */
void clock_thaw(void);

#endif
