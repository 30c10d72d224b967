/* The whole life of messages in order of time: what came in, what it was read as, what was stored,
 * what went out because of it and when, who did what about it. */
#ifndef TOOLS_TRACE_H
#define TOOLS_TRACE_H

#include <jansson.h>

#include "tools/common/ctl_world.h"

struct trace_event {
	int64_t at; /* UTC seconds */
	size_t order; /* of what happened in the same second */
	const char *kind; /* "in", "read", "report", "queued", "sent", "delivered", "audit" … */
	const char *text;
};

struct trace {
	struct ctl_world *world;
	struct trace_event *events;
	size_t count, room;
};

/* ERR_NOT_FOUND: nothing is known of it. Writes an audit row. trace_free() is due either way. */
int trace_ref(struct trace *trace, const char *ref) MUST_CHECK;
int trace_phone(struct trace *trace, const char *phone) MUST_CHECK; /* its newest messages */
void trace_print(struct trace *trace); /* in order of time, with delays */
json_t *trace_json(struct trace *trace);
void trace_free(struct trace *trace);

#endif
