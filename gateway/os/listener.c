/* Listening sockets that outlive a shortage: see listener.h. */
#include "gateway/os/listener.h"

#include <errno.h>
#include <event2/listener.h>
#include <string.h>
#include <utlist.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"

#define PAUSE_MS 1000
#define SAY_MS	 60000

static struct listener_guard *guards; /* libevent gives us the owner's context, not ours */

static void on_error(struct evconnlistener *listener, void *context)
{
	int cause = errno;
	struct listener_guard *guard;

	(void)context;
	LL_FOREACH(guards, guard) {
		if (guard->listener == listener)
			break;
	}
	if (!guard)
		return;
	if (!guard->said || clock_now() - guard->said > SAY_MS) {
		log_warn(guard->name, "no connection can be accepted: %s", strerror(cause));
		guard->said = clock_now();
	}
	listener_rest(guard, PAUSE_MS);
}

static void on_pause(void *context)
{
	struct listener_guard *guard = context;

	evconnlistener_enable(guard->listener);
}

void listener_guard(struct listener_guard *guard, struct evconnlistener *listener, const char *name)
{
	*guard = (struct listener_guard){.listener = listener, .name = name};
	timer_init(&guard->pause, on_pause, guard);
	LL_PREPEND(guards, guard);
	evconnlistener_set_error_cb(listener, on_error);
}

void listener_rest(struct listener_guard *guard, int64_t milliseconds)
{
	evconnlistener_disable(guard->listener);
	timer_arm(&guard->pause, milliseconds);
}

void listener_unguard(struct listener_guard *guard)
{
	if (!guard->listener)
		return;
	timer_cancel(&guard->pause);
	LL_DELETE(guards, guard);
	guard->listener = NULL;
}
