/* Outbind: the SMSC opens the connection and asks us to bind on it.
 *
 * Only the host that is configured may do so: our bind carries our password. Whoever connects must
 * send an outbind first, soon; one at a time. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <event2/util.h>

#include "gateway/link/smpp_session.h"
#include "gateway/link/smpp_socket.h"
#include "gateway/os/log.h"
#include "gateway/smpp/smpp_frame.h"

#define AGAIN_MS 5000 /* the port is taken: until the next try */

static void drop_caller(struct link *link)
{
	timer_cancel(&link->caller_timer);
	if (link->caller)
		bufferevent_free(link->caller);
	link->caller = NULL;
}

static void on_caller_timer(void *context)
{
	struct link *link = context;

	if (link->caller) {
		log_warn(link->subjects[0], "a caller sent no outbind in time");
		drop_caller(link);
	} else {
		outbind_listen(link);
	}
}

/* The caller's connection is the session's from now on. */
static void take_caller(struct link *link)
{
	struct session *session = &link->sessions[link->count - 1];
	struct bufferevent *bev = link->caller;

	link->caller = NULL;
	timer_cancel(&link->caller_timer);
	if (session->state != LINK_WAITING) {
		log_warn(session->subject, "outbind while %s", link_state_name(session->state));
		bufferevent_free(bev);
		return;
	}
	session_adopt(session, bev);
	session_event(session, EVENT_OUTBIND);
	timer_arm(&session->kick, 0); /* what came behind the outbind */
}

static void on_caller_readable(struct bufferevent *bev, void *context)
{
	struct link *link = context;
	struct evbuffer *input = bufferevent_get_input(bev);
	uint8_t head[FRAME_HEADER] = {0};
	uint8_t octets[256];
	struct pdu pdu;
	size_t length;
	int error;

	evbuffer_copyout(input, head, sizeof(head));
	error = frame_next(head, evbuffer_get_length(input), &length);
	if (error == ERR_TRUNCATED && evbuffer_get_length(input) < sizeof(octets))
		return;
	if (error || length > sizeof(octets)) {
		log_warn(link->subjects[0], "a caller sent something else than outbind");
		drop_caller(link);
		return;
	}
	evbuffer_remove(input, octets, length);
	if (pdu_decode(&pdu, octets, length) || pdu.command != SMPP_OUTBIND) {
		log_warn(link->subjects[0], "a caller sent %s instead of outbind",
			smpp_command_name(pdu.command));
		drop_caller(link);
		return;
	}
	log_info(link->subjects[0], "outbind");
	take_caller(link);
}

static void on_caller_event(struct bufferevent *bev, short what, void *context)
{
	(void)bev;
	if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR))
		drop_caller(context);
}

/* IPv4 as IPv6 writes it, so that a dual socket knows its callers. */
static bool address_octets(const struct sockaddr *from, uint8_t octets[16])
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

	if (from->sa_family == AF_INET6) {
		memcpy(octets, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, 16);
		return true;
	}
	memcpy(octets, mapped, sizeof(mapped));
	memcpy(octets + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
	return from->sa_family == AF_INET;
}

static bool is_smsc(const struct link *link, const struct sockaddr *from)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	uint8_t caller[16], known[16];
	struct addrinfo *list;
	bool found = false;

	if (!address_octets(from, caller) || getaddrinfo(link->config.host, NULL, &hints, &list))
		return false;
	for (const struct addrinfo *one = list; one; one = one->ai_next)
		found |= address_octets(one->ai_addr, known) &&
			!memcmp(caller, known, sizeof(known));
	freeaddrinfo(list);
	return found;
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *from,
	int length, void *context)
{
	struct link *link = context;

	(void)listener;
	(void)length;
	if (!is_smsc(link, from) || link->caller) {
		log_warn(link->subjects[0], link->caller ? "a second caller" : "a stranger called");
		evutil_closesocket(fd);
		return;
	}
	link->caller = socket_adopt(link, fd);
	bufferevent_setcb(link->caller, on_caller_readable, NULL, on_caller_event, link);
	bufferevent_enable(link->caller, EV_READ);
	timer_arm(&link->caller_timer, link->config.connect_ms);
}

static bool parse(const char *listen, struct sockaddr_storage *address, int *length)
{
	*length = sizeof(*address);
	return strrchr(listen, ':') &&
		!evutil_parse_sockaddr_port(listen, (struct sockaddr *)address, length) &&
		((struct sockaddr_in *)(void *)address)->sin_port; /* at the same place in IPv6 */
}

bool link_listen_ok(const char *listen)
{
	struct sockaddr_storage address;
	int length;

	return parse(listen, &address, &length);
}

void outbind_listen(struct link *link)
{
	struct sockaddr_storage address;
	int length;

	if (!link->config.listen[0] || link->listener)
		return;
	timer_init(&link->caller_timer, on_caller_timer, link);
	if (parse(link->config.listen, &address, &length))
		link->listener = evconnlistener_new_bind(link->base, on_accept, link,
			LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE, -1,
			(struct sockaddr *)&address, length);
	if (link->listener) {
		listener_guard(&link->guard, link->listener, link->subjects[0]);
		return;
	}
	log_error(link->subjects[0], "cannot listen on %s: %s", link->config.listen,
		strerror(errno));
	timer_arm(&link->caller_timer, AGAIN_MS);
}

void outbind_stop(struct link *link)
{
	drop_caller(link);
	listener_unguard(&link->guard);
	if (link->listener)
		evconnlistener_free(link->listener);
	link->listener = NULL;
}
