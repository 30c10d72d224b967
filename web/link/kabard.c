/* The client of kabard's control socket: see kabard.h. */
#include "web/link/kabard.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "parsers/text/util.h"

#define AT_ONCE    8
#define QUEUE_MAX  400
#define ANSWER_MAX (1 << 20)
#define SECONDS    10

struct call {
	struct call *next;
	struct kabard *kabard;
	struct bufferevent *stream;
	char *command;
	void (*answered)(void *context, const char *answer);
	void *context;
};

struct kabard {
	struct event_base *base;
	char *path;
	struct call *queue, **tail;
	size_t queued, running;
};

static void start_next(struct kabard *kabard);

static void finish(struct call *call, const char *answer)
{
	struct kabard *kabard = call->kabard;

	if (call->stream)
		bufferevent_free(call->stream);
	kabard->running--;
	if (call->answered)
		call->answered(call->context, answer);
	free(call->command);
	free(call);
	start_next(kabard);
}

static void on_read(struct bufferevent *stream, void *context)
{
	if (evbuffer_get_length(bufferevent_get_input(stream)) > ANSWER_MAX)
		finish(context, NULL);
}

/* kabard closes when it has said all. */
static void on_event(struct bufferevent *stream, short what, void *context)
{
	struct call *call = context;
	struct evbuffer *input = bufferevent_get_input(stream);
	size_t length = evbuffer_get_length(input);
	char *text;

	if (what & BEV_EVENT_CONNECTED)
		return;
	if (!(what & BEV_EVENT_EOF) || length == 0) {
		finish(call, NULL);
		return;
	}
	text = xcalloc(length + 1, 1);
	evbuffer_remove(input, text, length);
	finish(call, text);
	free(text);
}

static void start(struct call *call)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const struct timeval limit = {.tv_sec = SECONDS};

	call->kabard->running++;
	call->stream = bufferevent_socket_new(
		call->kabard->base, -1, BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
	bufferevent_setcb(call->stream, on_read, NULL, on_event, call);
	bufferevent_set_timeouts(call->stream, &limit, &limit);
	bufferevent_enable(call->stream, EV_READ | EV_WRITE);
	bufferevent_write(call->stream, call->command, strlen(call->command));
	if (!copy_string(address.sun_path, sizeof(address.sun_path), call->kabard->path) ||
		bufferevent_socket_connect(
			call->stream, (struct sockaddr *)&address, sizeof(address)) < 0)
		finish(call, NULL);
}

static void start_next(struct kabard *kabard)
{
	while (kabard->queue && kabard->running < AT_ONCE) {
		struct call *call = kabard->queue;

		kabard->queue = call->next;
		if (!kabard->queue)
			kabard->tail = &kabard->queue;
		kabard->queued--;
		start(call);
	}
}

static void enqueue(struct kabard *kabard, char *command,
	void (*answered)(void *context, const char *answer), void *context)
{
	struct call *call;

	if (kabard->queued >= QUEUE_MAX) {
		free(command);
		if (answered)
			answered(context, NULL);
		return;
	}
	call = xcalloc(1, sizeof(*call));
	*call = (struct call){
		.kabard = kabard, .command = command, .answered = answered, .context = context};
	*kabard->tail = call;
	kabard->tail = &call->next;
	kabard->queued++;
	start_next(kabard);
}

struct kabard *kabard_new(struct event_base *base, const char *path)
{
	struct kabard *kabard = xcalloc(1, sizeof(*kabard));

	kabard->base = base;
	kabard->path = xstrdup(path);
	kabard->tail = &kabard->queue;
	return kabard;
}

void kabard_free(struct kabard *kabard)
{
	if (!kabard)
		return;
	while (kabard->queue) {
		struct call *next = kabard->queue->next;

		free(kabard->queue->command);
		free(kabard->queue);
		kabard->queue = next;
	}
	free(kabard->path);
	free(kabard);
}

static char *deed_text(json_t *fields)
{
	char *text = json_dumps(fields, JSON_COMPACT), *command;

	if (!text)
		abort();
	command = xasprintf("do %s\n", text);
	free(text);
	json_decref(fields);
	return command;
}

void kabard_do(struct kabard *kabard, json_t *fields,
	void (*answered)(void *context, const char *answer), void *context)
{
	enqueue(kabard, deed_text(fields), answered, context);
}

void kabard_ask(struct kabard *kabard, const char *command,
	void (*answered)(void *context, const char *answer), void *context)
{
	enqueue(kabard, xasprintf("%s\n", command), answered, context);
}
