/* What is wrong just now, as one list of conditions: status, /healthz, the metrics, systemd's
 * status line and the log read this list and nothing else. Loop thread only.
 *
 * A condition is a row of the table in health.c: its name, its weight, what it means and a function
 * that says whether it holds, and in which words.
 */
#ifndef GATEWAY_HEALTH_H
#define GATEWAY_HEALTH_H

#include "gateway/gateway_state.h"

enum condition_weight {
	CONDITION_WARN, /* somebody should look at it */
	CONDITION_BAD /* people wait or are lost: not healthy */
};

#define CONDITION_TEXT 200
struct condition_now {
	const char *name; /* "alarm-waits" */
	const char *help; /* what it means, for everybody */
	enum condition_weight weight;
	bool holds;
	int64_t since; /* clock_now(), when it holds */
	char text[CONDITION_TEXT]; /* what is so just now */
};

void health_start(struct health *health, struct gateway *gateway);
void health_stop(struct health *health);
/* All rows of the table, in its order; returns how many. */
size_t health_list(struct health *health, struct condition_now list[CONDITIONS_MAX]);
/* The table alone: name, help and weight; nothing is asked. */
size_t health_rows(struct condition_now list[CONDITIONS_MAX]);
const char *health_remedy(const char *name); /* what to do about it, in one line */
bool health_good(struct health *health); /* no condition of weight bad holds */

#endif
