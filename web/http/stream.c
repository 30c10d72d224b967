/* The live tail: see stream.h. */
#include "web/http/stream.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>

#define STREAMS_MAX  8
#define PING_SECONDS 10
#define PINGS_MAX    90 /* then the browser asks again, and proves again who it is */

struct stream {
	struct evhttp_request *http;
	struct bufferevent *tail;
	struct event *ping;
	int pings;
};

static size_t running;

static void stream_free(struct stream *stream)
{
	running--;
	if (stream->tail)
		bufferevent_free(stream->tail);
	event_free(stream->ping);
	free(stream);
}

static void finish(struct stream *stream)
{
	struct evhttp_connection *connection = evhttp_request_get_connection(stream->http);

	if (connection)
		evhttp_connection_set_closecb(connection, NULL, NULL);
	evhttp_send_reply_end(stream->http);
	stream_free(stream);
}

static void on_close(struct evhttp_connection *connection, void *context)
{
	(void)connection;
	stream_free(context);
}

static void send_chunk(struct stream *stream, const char *prefix, const char *text)
{
	struct evbuffer *chunk = evbuffer_new();

	evbuffer_add_printf(chunk, "%s%s\n\n", prefix, text);
	evhttp_send_reply_chunk(stream->http, chunk);
	evbuffer_free(chunk);
}

static void on_read(struct bufferevent *tail, void *context)
{
	char *line;

	while ((line = evbuffer_readln(bufferevent_get_input(tail), NULL, EVBUFFER_EOL_LF))) {
		send_chunk(context, "data: ", line);
		free(line);
	}
}

static void on_event(struct bufferevent *tail, short what, void *context)
{
	(void)tail;
	if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR))
		finish(context);
}

static void on_ping(evutil_socket_t fd, short what, void *context)
{
	struct stream *stream = context;

	(void)fd;
	(void)what;
	if (++stream->pings > PINGS_MAX)
		finish(stream);
	else
		send_chunk(stream, ": ", "ping");
}

static bool open_tail(struct stream *stream, struct web *web)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	stream->tail = bufferevent_socket_new(
		web->base, -1, BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
	bufferevent_setcb(stream->tail, on_read, NULL, on_event, stream);
	bufferevent_enable(stream->tail, EV_READ | EV_WRITE);
	bufferevent_write(stream->tail, "tail\n", 5);
	return copy_string(address.sun_path, sizeof(address.sun_path), web->settings->control) &&
		bufferevent_socket_connect(
			stream->tail, (struct sockaddr *)&address, sizeof(address)) == 0;
}

void stream_tail(struct request *request)
{
	const struct timeval pause = {.tv_sec = PING_SECONDS};
	struct evhttp_connection *connection = evhttp_request_get_connection(request->http);
	struct stream *stream;

	if (running >= STREAMS_MAX || !connection) {
		request_fail(request, 503);
		return;
	}
	stream = xcalloc(1, sizeof(*stream));
	running++;
	stream->http = request->http;
	stream->ping = event_new(request->web->base, -1, EV_PERSIST, on_ping, stream);
	if (!open_tail(stream, request->web)) {
		stream_free(stream);
		request_fail(request, 503);
		return;
	}
	event_add(stream->ping, &pause);
	evhttp_connection_set_timeout(connection, PING_SECONDS * 3);
	evhttp_connection_set_closecb(connection, on_close, stream);
	request_begin_stream(request, "text/event-stream");
}
