/* The HTTP listener, on libevent's evhttp: see http.h. */
#include "gateway/http.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/http.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/health.h"
#include "gateway/os/clock.h"
#include "gateway/os/listener.h"
#include "gateway/os/log.h"
#include "gateway/status.h"
#include "parsers/text/listen.h"

#define HEADERS_MAX 8192
#define BODY_MAX    1024
#define SECONDS_MAX 10

/* A connection lives for one answer, and for SECONDS_MAX at most: so many are open at once. */
#define CONNECTIONS_MAX 64

struct http {
	struct evhttp *server;
	struct listener_guard guard;
	int64_t since; /* clock_now(): when the count began */
	int accepted;
};

/* libevent asks for the stream of each new connection: the place to count them. */
static struct bufferevent *on_connection(struct event_base *base, void *context)
{
	struct http *http = context;
	int64_t now = clock_now(), window = SECONDS_MAX * 1000;

	if (now - http->since >= window) {
		http->since = now;
		http->accepted = 0;
	}
	if (++http->accepted >= CONNECTIONS_MAX) {
		if (http->accepted == CONNECTIONS_MAX)
			log_warn("http", "too many connections, none is accepted for a while");
		listener_rest(&http->guard, http->since + window - now);
	}
	return bufferevent_socket_new(base, -1, 0);
}

static void send_text(struct evhttp_request *request, int code, const char *type, const char *text)
{
	struct evbuffer *body = evbuffer_new();

	evbuffer_add(body, text, strlen(text));
	evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Type", type);
	evhttp_add_header(evhttp_request_get_output_headers(request), "Connection", "close");
	evhttp_send_reply(request, code, NULL, body);
	evbuffer_free(body);
}

static void on_metrics(struct evhttp_request *request, void *context)
{
	struct strbuf text = {0};

	gateway_metrics(context, &text);
	send_text(request, HTTP_OK, "text/plain; version=0.0.4; charset=utf-8", text.text);
	strbuf_free(&text);
}

static void on_health(struct evhttp_request *request, void *context)
{
	struct gateway *gateway = context;
	struct condition_now list[CONDITIONS_MAX];
	size_t count = health_list(&gateway->health, list);
	bool healthy = true;
	struct strbuf text = {0};

	for (size_t i = 0; i < count; i++) {
		if (!list[i].holds)
			continue;
		healthy &= list[i].weight != CONDITION_BAD;
		strbuf_printf(&text, "%s %s: %s\n",
			list[i].weight == CONDITION_BAD ? "bad" : "warn", list[i].name,
			list[i].text);
	}
	if (healthy)
		strbuf_puts(&text, "ok\n");
	send_text(request, healthy ? HTTP_OK : HTTP_SERVUNAVAIL, "text/plain", text.text);
	strbuf_free(&text);
}

int http_start(struct http **out, struct gateway *gateway, const char *listen)
{
	struct http *http = xcalloc(1, sizeof(*http));
	struct evhttp_bound_socket *socket;
	char address[64];
	uint16_t port;

	*out = http;
	http->server = evhttp_new(gateway->base);
	evhttp_set_allowed_methods(http->server, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD);
	evhttp_set_max_headers_size(http->server, HEADERS_MAX);
	evhttp_set_max_body_size(http->server, BODY_MAX);
	evhttp_set_timeout(http->server, SECONDS_MAX);
	evhttp_set_cb(http->server, "/metrics", on_metrics, gateway);
	evhttp_set_cb(http->server, "/healthz", on_health, gateway);
	if (!listen_split(listen, address, sizeof(address), &port)) {
		log_error("http", "listen=%s is not address:port", listen);
		return ERR_SYNTAX;
	}
	socket = evhttp_bind_socket_with_handle(http->server, address, port);
	if (!socket) {
		log_error("http", "listen=%s: %s", listen, strerror(errno));
		return ERR_SYSTEM;
	}
	listener_guard(&http->guard, evhttp_bound_socket_get_listener(socket), "http");
	evhttp_set_bevcb(http->server, on_connection, http);
	return OK;
}

void http_stop(struct http *http)
{
	if (!http)
		return;
	listener_unguard(&http->guard);
	evhttp_free(http->server);
	free(http);
}
