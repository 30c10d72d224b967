/* Octets of a session: frames out of the socket, PDUs into it, and when not to read.
 *
 * Reading stops while the gateway is full (link_pause_reading), while too many messages are not
 * yet acknowledged, and while the SMSC does not take what we write: TCP then slows the SMSC down.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/util.h>

#include "gateway/link/smpp_session.h"
#include "gateway/link/smpp_socket.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"

#define INPUT_MAX	(2 * FRAME_MAX)
#define OUTPUT_MAX	(256u * 1024)

static bool must_block(const struct session *session)
{
	const struct link *link = session->link;

	if (session->state == LINK_UNBINDING)
		return false; /* nothing is handed up any more: read the last responses */
	return link->paused ||
		acks_waiting(session->acks) >= (size_t)link->config.receive_window ||
		evbuffer_get_length(bufferevent_get_output(session->bev)) > OUTPUT_MAX;
}

static bool check_block(struct session *session)
{
	if (!session->blocked && must_block(session)) {
		session->blocked = true;
		bufferevent_disable(session->bev, EV_READ);
	}
	return session->blocked;
}

void stream_unblock(struct session *session)
{
	if (!session->bev || !session->blocked || must_block(session))
		return;
	session->blocked = false;
	bufferevent_enable(session->bev, EV_READ);
	timer_arm(&session->kick, 0); /* for what is buffered already */
}

/* One PDU off the buffer into session->frame. 0, ERR_TRUNCATED or ERR_RANGE. */
static int take_frame(struct session *session, size_t *length)
{
	struct evbuffer *input = bufferevent_get_input(session->bev);
	uint8_t head[4] = {0};
	int error;

	evbuffer_copyout(input, head, sizeof(head));
	error = frame_next(head, evbuffer_get_length(input), length);
	if (!error)
		evbuffer_remove(input, session->frame, *length);
	return error;
}

static void read_frames(struct session *session)
{
	uint64_t generation = session->generation;

	while (session->generation == generation && session->bev && !check_block(session)) {
		struct pdu pdu;
		size_t length;
		int error = take_frame(session, &length);

		if (error == ERR_TRUNCATED)
			break;
		session->last_in_ms = clock_now();
		session->link->status.last_in_ms = session->last_in_ms;
		if (error) {
			stream_bare(session, SMPP_GENERIC_NACK, ESME_RINVCMDLEN, 0);
			session_lost(session, "impossible PDU length", BACKOFF_LOST);
			break;
		}
		error = pdu_decode(&pdu, session->frame, length);
		link_dispatch(session, &pdu, error);
	}
	link_offer(session->link);
}

static void link_on_readable(struct bufferevent *bev, void *context)
{
	(void)bev;
	read_frames(context);
}

void stream_on_kick(void *context)
{
	struct session *session = context;

	if (session->bev)
		read_frames(session);
}

static void on_written(struct bufferevent *bev, void *context)
{
	(void)bev;
	stream_unblock(context);
}

static void on_socket_event(struct bufferevent *bev, short what, void *context)
{
	struct session *session = context;
	char why[128];

	if (what & BEV_EVENT_CONNECTED) {
		socket_tune(bev);
		session_event(session, EVENT_CONNECTED);
	} else if (what & BEV_EVENT_EOF) {
		session_lost(session, "closed by the SMSC", BACKOFF_LOST);
	} else if (what & BEV_EVENT_ERROR) {
		int dns = bufferevent_socket_get_dns_error(bev);
		int error = EVUTIL_SOCKET_ERROR();

		if (dns)
			snprintf(why, sizeof(why), "host name: %s", evutil_gai_strerror(dns));
		else
			snprintf(why, sizeof(why), "%s", error ? strerror(error) : "TLS refused");
		session_lost(session, why, BACKOFF_LOST);
	}
}

void stream_start(struct session *session)
{
	const struct link_config *config = &session->link->config;

	bufferevent_setcb(session->bev, link_on_readable, on_written, on_socket_event, session);
	bufferevent_setwatermark(session->bev, EV_READ, 0, INPUT_MAX);
	bufferevent_enable(session->bev, EV_READ | EV_WRITE);
	if (session->called)
		return;
	/* A failure arrives at on_socket_event. */
	(void)bufferevent_socket_connect_hostname(
		session->bev, session->link->dns, AF_UNSPEC, config->host, config->port);
}

void stream_write(struct session *session, const uint8_t *octets, size_t length)
{
	if (!session->bev)
		return;
	bufferevent_write(session->bev, octets, length);
	session->order++;
	session->link->status.last_out_ms = clock_now();
}

void stream_bare(struct session *session, uint32_t command, uint32_t status, uint32_t sequence)
{
	uint8_t octets[PDU_BARE_ROOM];

	stream_write(session, octets, pdu_encode_bare(command, status, sequence, octets));
}

void stream_ask(struct session *session, uint32_t command, uint64_t cookie, int64_t timeout_ms)
{
	uint32_t sequence;

	if (window_open(
		    session->window, command, cookie, session->order + 1, timeout_ms, &sequence))
		return;
	stream_bare(session, command, ESME_ROK, sequence);
	session->last_request = session->order;
}
