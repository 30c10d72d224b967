/* evhttp with limits on everything: see server.h. */
#include "web/http/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "parsers/text/listen.h"
#include "store/people/person.h"
#include "web/http/connections.h"

#define HEADERS_MAX 16384
#define BODY_MAX    (1 << 20) /* a list of people */
#define SECONDS_MAX 20

static void (*handler)(struct request *request);

/* People and places may have changed; a page sees one state of them from its beginning to its end.
 */
static int refresh_places(struct web *web)
{
	int64_t version;
	struct gazetteer *places;
	int error = store_version(web->store, &version);

	if (error != OK || (web->places && version == web->places_version))
		return error;
	error = store_gazetteer_load(web->store, &places);
	if (error != OK)
		return error;
	gazetteer_free(web->places);
	web->places = places;
	web->places_version = version;
	return OK;
}

static void on_request(struct evhttp_request *http, void *context)
{
	struct web *web = context;
	struct request *request;
	int error = refresh_places(web);

	connections_asked(web->connections, http);
	if (error != OK || !web->places) {
		web_log(WEB_ERROR, "store: %s: %s", error_text(error), store_detail(web->store));
		evhttp_send_error(http, HTTP_SERVUNAVAIL, NULL);
		return;
	}
	request = request_new(web, http);
	handler(request);
}

static bool is_loopback(const char *address)
{
	struct in_addr four;
	struct in6_addr six;

	if (inet_pton(AF_INET, address, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	return inet_pton(AF_INET6, address, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

static int port_of(struct evhttp_bound_socket *bound)
{
	struct sockaddr_storage address;
	socklen_t length = sizeof(address);

	if (getsockname(evhttp_bound_socket_get_fd(bound), (struct sockaddr *)&address, &length))
		return 0;
	return address.ss_family == AF_INET6 ? ntohs(((struct sockaddr_in6 *)&address)->sin6_port)
					     : ntohs(((struct sockaddr_in *)&address)->sin_port);
}

int server_start(struct web *web, void (*handle)(struct request *request), int *port)
{
	const struct web_settings *settings = web->settings;
	struct evhttp_bound_socket *bound;
	char address[64];
	uint16_t number;

	handler = handle;
	if (!listen_split(settings->listen, address, sizeof(address), &number)) {
		web_log(WEB_ERROR, "listen=%s is not address:port", settings->listen);
		return ERR_SYNTAX;
	}
	if (!is_loopback(address) && !settings->plain) {
		web_log(WEB_ERROR,
			"listen=%s is open to the network without TLS: listen on 127.0.0.1 behind "
			"a proxy, or say plain = yes",
			settings->listen);
		return ERR_STATE;
	}
	web->http = evhttp_new(web->base);
	evhttp_set_allowed_methods(web->http, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST);
	evhttp_set_max_headers_size(web->http, HEADERS_MAX);
	evhttp_set_max_body_size(web->http, BODY_MAX);
	evhttp_set_timeout(web->http, SECONDS_MAX);
	web->connections = connections_new(web->base, web->http);
	evhttp_set_gencb(web->http, on_request, web);
	bound = evhttp_bind_socket_with_handle(web->http, address, number);
	if (!bound) {
		web_log(WEB_ERROR, "listen=%s: %s", settings->listen, strerror(errno));
		return ERR_SYSTEM;
	}
	*port = port_of(bound);
	return OK;
}

void server_stop(struct web *web)
{
	if (web->http)
		evhttp_free(web->http);
	connections_free(web->connections);
}
