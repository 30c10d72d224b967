/* A listening socket that outlives a shortage: when accept(2) fails (no file descriptor left), it is
 * left alone for a second and one line says so, instead of a loop that fills the log.
 */
#ifndef GATEWAY_LISTENER_H
#define GATEWAY_LISTENER_H

#include "gateway/os/timer.h"

struct evconnlistener;

struct listener_guard {
	struct evconnlistener *listener; /* NULL: none is guarded */
	const char *name; /* for the log */
	struct timer pause;
	int64_t said; /* clock_now() of the last line about it; 0: none */
	struct listener_guard *next;
};

void listener_guard(
	struct listener_guard *guard, struct evconnlistener *listener, const char *name);
/* Not accepted from for so long; its connections wait in the kernel. */
void listener_rest(struct listener_guard *guard, int64_t milliseconds);
void listener_unguard(struct listener_guard *guard); /* before the listener is freed */

#endif
