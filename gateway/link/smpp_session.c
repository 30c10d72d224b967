/* The states of one connection: which events are legal, what each state waits for, opening and
 * closing. */
#include <stdlib.h>
#include <string.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>

#include "gateway/link/smpp_session.h"
#include "gateway/link/smpp_socket.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"

#define UNBIND_MS	5000
#define GOOD_MS		10000 /* a session that lived this long starts the back-off anew */
/* Unread octets (a flood may stand before the response) and unsent ones put a judgement off for so
 * long at most. */
#define LATE_MS		60000
#define BIND_SLACK_MS	1000 /* the state's own timeout judges a bind, not the window */

static const struct {
	enum link_state from;
	enum session_event event;
	enum link_state to;
} transitions[] = {
	{LINK_STOPPED, EVENT_START, LINK_CONNECTING},
	{LINK_STOPPED, EVENT_AWAIT, LINK_WAITING},
	{LINK_WAITING, EVENT_OUTBIND, LINK_BINDING},
	{LINK_WAITING, EVENT_DUE, LINK_CONNECTING},
	{LINK_WAITING, EVENT_STOP, LINK_STOPPED},
	{LINK_CONNECTING, EVENT_CONNECTED, LINK_BINDING},
	{LINK_CONNECTING, EVENT_LOST, LINK_WAITING},
	{LINK_CONNECTING, EVENT_STOP, LINK_STOPPED},
	{LINK_BINDING, EVENT_BOUND, LINK_BOUND},
	{LINK_BINDING, EVENT_LOST, LINK_WAITING},
	{LINK_BINDING, EVENT_STOP, LINK_STOPPED},
	{LINK_BOUND, EVENT_LOST, LINK_WAITING},
	{LINK_BOUND, EVENT_UNBIND, LINK_UNBINDING},
	{LINK_BOUND, EVENT_PEER_UNBOUND, LINK_UNBINDING},
	{LINK_UNBINDING, EVENT_LOST, LINK_WAITING},
	{LINK_UNBINDING, EVENT_STOP, LINK_STOPPED},
};

static const char *const event_names[] = {
	[EVENT_START] = "start", [EVENT_DUE] = "due", [EVENT_CONNECTED] = "connected",
	[EVENT_BOUND] = "bound", [EVENT_LOST] = "lost", [EVENT_PEER_UNBOUND] = "peer-unbound",
	[EVENT_UNBIND] = "unbind", [EVENT_STOP] = "stop",
	[EVENT_AWAIT] = "await", [EVENT_OUTBIND] = "outbind",
};

void session_adopt(struct session *session, struct bufferevent *bev)
{
	session->generation = link_next_generation();
	session->order = session->last_request = 0;
	session->blocked = false;
	window_set_next(session->window, 1);
	session->bev = bev;
	if (bev)
		stream_start(session);
	else
		session_lost(session, "no socket", BACKOFF_LOST);
}

static int64_t send_bind(struct session *session)
{
	const struct link_config *config = &session->link->config;
	uint8_t octets[256];
	struct pdu pdu;
	size_t length;

	pdu_init(&pdu, session->bind_command, ESME_ROK, 0);
	copy_string(pdu.u.bind.system_id, sizeof(pdu.u.bind.system_id), config->system_id);
	copy_string(pdu.u.bind.password, sizeof(pdu.u.bind.password), config->password);
	copy_string(pdu.u.bind.system_type, sizeof(pdu.u.bind.system_type), config->system_type);
	copy_string(
		pdu.u.bind.address_range, sizeof(pdu.u.bind.address_range), config->address_range);
	pdu.u.bind.interface_version = 0x34;
	pdu.u.bind.addr_ton = config->bind_ton;
	pdu.u.bind.addr_npi = config->bind_npi;
	if (window_open(session->window, session->bind_command, 0, session->order + 1,
		    config->response_ms + BIND_SLACK_MS, &pdu.sequence) ||
		pdu_encode(&pdu, octets, sizeof(octets), &length)) {
		log_error(session->subject,
			"bind cannot be sent: system_id, password, system_type or "
			"address_range is too long");
		return 0; /* the timeout ends this attempt: an operator must change the
			     configuration */
	}
	stream_write(session, octets, length);
	return config->response_ms;
}

static int64_t now_bound(struct session *session)
{
	session->bound_ms = session->last_in_ms = clock_now();
	session->link->status.bound_ms = session->bound_ms;
	session->link->status.binds++;
	session->link->status.bind_status = ESME_ROK;
	session->link->status.bad_credentials = false;
	return session->link->config.enquire_link_ms;
}

static int64_t now_waiting(struct session *session)
{
	int64_t delay;

	if (session->bound_ms && clock_now() - session->bound_ms >= GOOD_MS)
		backoff_reset(&session->backoff);
	session->bound_ms = 0;
	if (session->called)
		return -1;
	delay = backoff_next(&session->backoff, session->reason);
	log_info(session->subject, "next attempt in_ms=%lld", (long long)delay);
	return delay;
}

/* Does what the new state begins with; returns its one timeout in milliseconds, -1: none. */
static int64_t enter(struct session *session, enum link_state state)
{
	switch (state) {
	case LINK_WAITING: return now_waiting(session);
	case LINK_CONNECTING: return session->link->config.connect_ms;
	case LINK_BINDING: return send_bind(session);
	case LINK_BOUND: return now_bound(session);
	case LINK_UNBINDING: return UNBIND_MS;
	case LINK_STOPPED: break;
	}
	return -1;
}

bool session_event(struct session *session, enum session_event event)
{
	enum link_state old = session->state;
	int64_t timeout;
	size_t i;

	for (i = 0; i < COUNT_OF(transitions); i++)
		if (transitions[i].from == old && transitions[i].event == event)
			break;
	if (i == COUNT_OF(transitions)) {
		log_warn(session->subject, "event ignored event=%s state=%s", event_names[event],
			link_state_name(old));
		return false;
	}
	session->state = transitions[i].to;
	log_info(session->subject, "state old=%s new=%s", link_state_name(old),
		link_state_name(session->state));
	timeout = enter(session, session->state);
	if (timeout >= 0)
		timer_arm(&session->timer, timeout);
	else
		timer_cancel(&session->timer);
	if (session->state == LINK_CONNECTING)
		session_adopt(session, socket_open(session->link));
	else if (session->state == LINK_UNBINDING)
		stream_unblock(session);
	link_changed(session->link);
	return true;
}

/* unbind_resp or generic_nack still goes out, if the kernel takes it at once. */
static void last_words(struct bufferevent *bev)
{
	struct evbuffer *output = bufferevent_get_output(bev);
	int fd = bufferevent_getfd(bev);

	if (fd < 0 || !evbuffer_get_length(output))
		return;
	evbuffer_unfreeze(output, 1); /* a bufferevent keeps it frozen between its own writes */
	(void)evbuffer_write(output, fd);
}

/* Everything that waited for a response is unsure now; what was not acknowledged will come back. */
static void close_socket(struct session *session)
{
	struct request request;

	if (session->bev) {
		if (!session->link->config.tls)
			last_words(session->bev);
		bufferevent_free(session->bev);
	}
	session->bev = NULL;
	session->generation = 0;
	timer_cancel(&session->kick);
	timer_cancel(&session->probe);
	acks_clear(session->acks);
	while (!window_take(session->window, &request))
		if (request.command == SMPP_SUBMIT_SM)
			link_submitted(session->link, &request, ESME_ROK, "", true);
}

void session_lost(struct session *session, const char *why, enum backoff_reason reason)
{
	if (session->state == LINK_STOPPED || session->state == LINK_WAITING)
		return;
	if (session->state != LINK_UNBINDING)
		log_warn(session->subject,
			"connection ended why=\"%s\" outstanding=%zu unacknowledged=%zu", why,
			window_count(session->window), acks_waiting(session->acks));
	session->reason = reason;
	if (session->bound_ms)
		session->link->status.disconnects++;
	close_socket(session);
	session_event(session, session->stopping ? EVENT_STOP : EVENT_LOST);
}

static bool session_unread(const struct session *session)
{
	int fd = session->bev ? bufferevent_getfd(session->bev) : -1;
	int unread = 0;

	if (session->blocked && evbuffer_get_length(bufferevent_get_input(session->bev)) > 0)
		return true;
	return fd >= 0 && !ioctl(fd, FIONREAD, &unread) && unread > 0;
}

/* Something that we wrote has not yet reached the SMSC, which reads slowly. */
static bool session_unsent(const struct session *session)
{
	int fd = session->bev ? bufferevent_getfd(session->bev) : -1;
	int unsent = 0;

	return fd >= 0 && !ioctl(fd, SIOCOUTQNSD, &unsent) && unsent > 0;
}

static bool may_wait(void *user, const struct request *overdue)
{
	const struct session *session = user;
	bool late = clock_now() - overdue->deadline_ms >= LATE_MS;

	if (session_unread(session))
		return session->blocked || !late;
	return overdue->command == SMPP_SUBMIT_SM && !late && session_unsent(session);
}

static void on_overdue(void *user, const struct request *request)
{
	dispatch_overdue(user, request);
}

/* Nothing came in for a while: ask. */
static void enquire_when_idle(struct session *session)
{
	const struct link_config *config = &session->link->config;
	int64_t quiet = clock_now() - session->last_in_ms;

	if (quiet < config->enquire_link_ms) {
		timer_arm(&session->timer, config->enquire_link_ms - quiet);
		return;
	}
	stream_ask(session, SMPP_ENQUIRE_LINK, 0, config->enquire_response_ms);
	timer_arm(&session->timer, config->enquire_link_ms);
}

static void on_timer(void *context)
{
	struct session *session = context;

	switch (session->state) {
	case LINK_WAITING: session_event(session, EVENT_DUE); break;
	case LINK_CONNECTING: session_lost(session, "connect timeout", BACKOFF_LOST); break;
	case LINK_BINDING: session_lost(session, "no answer to bind", BACKOFF_LOST); break;
	case LINK_BOUND: enquire_when_idle(session); break;
	case LINK_UNBINDING: session_lost(session, "unbound", BACKOFF_LOST); break;
	case LINK_STOPPED: break;
	}
}

/* An ESME_ROK went out and nothing that we asked since: ask something, its answer is the proof. */
static void on_probe(void *context)
{
	struct session *session = context;

	if (session->state == LINK_BOUND && acks_newest(session->acks) > session->last_request)
		stream_ask(session, SMPP_ENQUIRE_LINK, COOKIE_PROBE,
			session->link->config.enquire_response_ms);
}

void session_init(
	struct session *session, struct link *link, uint32_t bind_command, const char *subject)
{
	session->link = link;
	session->subject = subject;
	session->bind_command = bind_command;
	session->window = window_new((size_t)link->config.window, on_overdue, may_wait, session);
	session->acks = acks_new();
	session->frame = xcalloc(1, FRAME_MAX);
	timer_init(&session->timer, on_timer, session);
	timer_init(&session->kick, stream_on_kick, session);
	timer_init(&session->probe, on_probe, session);
}

void session_free(struct session *session)
{
	close_socket(session);
	timer_cancel(&session->timer);
	window_free(session->window);
	acks_free(session->acks);
	free(session->frame);
}
