/* How kabard did over the last hour: its status every ten seconds, what the pictures need of it
 * kept in memory. */
#ifndef WEB_PULSE_H
#define WEB_PULSE_H

#include <stddef.h>
#include <stdint.h>

#define PULSE_SECONDS 10
#define PULSE_COUNT   360

enum pulse_figure {
	PULSE_READ,    /* messages that came in, a minute */
	PULSE_SENT,    /* SMS that left, a minute */
	PULSE_WAITING, /* SMS that wait to leave */
	PULSE_OLDEST,  /* seconds that the oldest alarm or answer waits */
	PULSE_FIGURES
};

struct event_base;
struct kabard;
struct pulse;

struct pulse *pulse_new(struct event_base *base, struct kabard *kabard);
void pulse_free(struct pulse *pulse); /* before the kabard it asks; NULL is fine */

/* One look: status as kabard says it, NULL when it said nothing. */
void pulse_take(struct pulse *pulse, const char *status);
/* The values, oldest first, into values[PULSE_COUNT]; negative: kabard did not answer. Returns how
 * many there are; the last one is of *end, UTC. */
size_t pulse_values(
	const struct pulse *pulse, enum pulse_figure figure, double *values, int64_t *end);

#endif
