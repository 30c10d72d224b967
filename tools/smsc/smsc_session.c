/* One connection of a client to the simulated operator.
 *
 * Strict where a client's mistake would hurt at a real operator (bind state, malformed PDUs), so
 * that a mistake is seen here first.
 */
#include "tools/smsc/smsc_session.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "gateway/link/smpp_window.h"
#include "gateway/os/timer.h"

enum session_state { SESSION_OPEN, SESSION_BOUND, SESSION_CLOSING };

/* An answer that is held back (a slow operator). */
struct late_answer {
	LIST_ENTRY(late_answer) entry;
	struct timer timer;
	struct smsc_session *session;
	struct pdu pdu;
};

struct smsc_session {
	struct bufferevent *bev;
	struct smsc_session_config config;
	struct smsc_session_handler handler;
	struct window *window;
	enum session_state state;
	bool transmits, receives; /* as the client sees it: it may submit, it gets messages */
	bool last_words; /* close as soon as the output is written */
	char name[48];
	struct timer end; /* frees the session outside of its own callbacks */
	LIST_HEAD(, late_answer) late;
};

static void session_write(struct smsc_session *session, const void *octets, size_t length)
{
	if (session->state != SESSION_CLOSING)
		bufferevent_write(session->bev, octets, length);
}

static void session_put(struct smsc_session *session, const struct pdu *pdu)
{
	uint8_t octets[512];
	size_t length;

	if (pdu_encode(pdu, octets, sizeof(octets), &length) == OK)
		session_write(session, octets, length);
}

static void session_put_bare(
	struct smsc_session *session, uint32_t command, uint32_t status, uint32_t sequence)
{
	uint8_t octets[PDU_BARE_ROOM];

	session_write(session, octets, pdu_encode_bare(command, status, sequence, octets));
}

static void session_free(void *context)
{
	struct smsc_session *session = context;
	struct late_answer *late;

	while ((late = LIST_FIRST(&session->late)) != NULL) {
		LIST_REMOVE(late, entry);
		timer_cancel(&late->timer);
		free(late);
	}
	bufferevent_free(session->bev);
	window_free(session->window);
	free(session);
}

void smsc_session_close(struct smsc_session *session)
{
	struct request request;

	if (session->state == SESSION_CLOSING)
		return;
	session->state = SESSION_CLOSING;
	bufferevent_disable(session->bev, EV_READ);
	while (window_take(session->window, &request) == OK) {
		if (request.cookie != 0)
			session->handler.on_lost(session->handler.user, request.cookie);
	}
	session->handler.on_closed(session->handler.user, session);
	timer_arm(&session->end, 0);
}

void smsc_session_unbind(struct smsc_session *session)
{
	uint32_t sequence;

	if (window_open(session->window, SMPP_UNBIND, 0, 0, session->config.response_ms,
		    &sequence) == OK)
		session_put_bare(session, SMPP_UNBIND, ESME_ROK, sequence);
}

/* Reads no more, and closes once the output is written. */
static void session_end(struct smsc_session *session)
{
	session->last_words = true;
	bufferevent_disable(session->bev, EV_READ);
}

static void session_on_written(struct bufferevent *bev, void *context)
{
	struct smsc_session *session = context;

	(void)bev;
	if (session->last_words)
		smsc_session_close(session);
}

static uint32_t bind_status(const struct smsc_session *session, const struct pdu_bind *bind)
{
	if (session->state != SESSION_OPEN)
		return ESME_RALYBND;
	if (session->config.system_id != NULL &&
		strcmp(session->config.system_id, bind->system_id) != 0)
		return ESME_RINVSYSID;
	if (session->config.password != NULL &&
		strcmp(session->config.password, bind->password) != 0)
		return ESME_RINVPASWD;
	return ESME_ROK;
}

static void session_on_bind(struct smsc_session *session, const struct pdu *pdu)
{
	uint32_t status = bind_status(session, &pdu->u.bind);
	struct pdu response;

	pdu_init(&response, pdu->command | SMPP_RESPONSE, status, pdu->sequence);
	copy_string(response.u.system_id, sizeof(response.u.system_id), "kabar-smsc");
	session_put(session, &response);
	if (status != ESME_ROK)
		return;
	session->state = SESSION_BOUND;
	session->transmits = pdu->command != SMPP_BIND_RECEIVER;
	session->receives = pdu->command != SMPP_BIND_TRANSMITTER;
	snprintf(session->name, sizeof(session->name), "%s (%s)", pdu->u.bind.system_id,
		!session->transmits          ? "receiver"
			: !session->receives ? "transmitter"
					     : "transceiver");
	session->handler.on_bound(session->handler.user, session);
}

static void late_answer_on_timer(void *context)
{
	struct late_answer *late = context;

	LIST_REMOVE(late, entry);
	session_put(late->session, &late->pdu);
	free(late);
}

static void session_on_submit(struct smsc_session *session, const struct pdu *pdu)
{
	int64_t delay = 0;
	struct late_answer *late;
	struct pdu response;

	pdu_init(&response, pdu->command | SMPP_RESPONSE, ESME_RINVBNDSTS, pdu->sequence);
	if (session->state == SESSION_BOUND && session->transmits)
		response.status = session->handler.on_submit(
			session->handler.user, session, pdu, response.u.message_id, &delay);
	if (delay == 0) {
		session_put(session, &response);
		return;
	}
	late = xcalloc(1, sizeof(*late));
	late->session = session;
	late->pdu = response;
	timer_init(&late->timer, late_answer_on_timer, late);
	timer_arm(&late->timer, delay);
	LIST_INSERT_HEAD(&session->late, late, entry);
}

static void session_on_response(struct smsc_session *session, const struct pdu *pdu)
{
	struct request request;

	if (window_close(session->window, pdu->sequence, &request) != OK)
		return;
	if (request.command == SMPP_UNBIND)
		smsc_session_close(session);
	else if (request.cookie != 0)
		session->handler.on_answer(
			session->handler.user, session, request.cookie, pdu->status);
}

static void session_on_pdu(struct smsc_session *session, const struct pdu *pdu)
{
	switch (pdu->command) {
	case SMPP_BIND_RECEIVER:
	case SMPP_BIND_TRANSMITTER:
	case SMPP_BIND_TRANSCEIVER:
		session_on_bind(session, pdu);
		break;
	case SMPP_SUBMIT_SM:
	case SMPP_DATA_SM:
		session_on_submit(session, pdu);
		break;
	case SMPP_ENQUIRE_LINK:
	case SMPP_UNBIND:
		session_put_bare(session, pdu->command | SMPP_RESPONSE, ESME_ROK, pdu->sequence);
		if (pdu->command == SMPP_UNBIND)
			session_end(session);
		break;
	default:
		session_put_bare(
			session, pdu->command | SMPP_RESPONSE, ESME_RINVCMDID, pdu->sequence);
		break;
	}
}

/* Takes one PDU out of the input; false when there is none. */
static bool session_read_one(struct smsc_session *session)
{
	struct evbuffer *input = bufferevent_get_input(session->bev);
	size_t available = evbuffer_get_length(input), length;
	const uint8_t *octets = evbuffer_pullup(input, -1);
	struct pdu pdu;
	int error;

	if (octets == NULL || session->last_words || session->state == SESSION_CLOSING)
		return false;
	error = frame_next(octets, available, &length);
	if (error == ERR_TRUNCATED)
		return false;
	if (error != OK) {
		session_put_bare(session, SMPP_GENERIC_NACK, ESME_RINVCMDLEN, 0);
		session_end(session);
		return false;
	}
	error = pdu_decode(&pdu, octets, length);
	if (smpp_is_response(pdu.command))
		session_on_response(session, &pdu);
	else if (error == ERR_NOT_FOUND)
		session_put_bare(session, SMPP_GENERIC_NACK, pdu.defect, pdu.sequence);
	else if (error != OK)
		session_put_bare(session, pdu.command | SMPP_RESPONSE, pdu.defect, pdu.sequence);
	else
		session_on_pdu(session, &pdu);
	evbuffer_drain(input, length);
	return true;
}

static void session_on_readable(struct bufferevent *bev, void *context)
{
	(void)bev;
	while (session_read_one(context))
		;
}

static void session_on_event(struct bufferevent *bev, short events, void *context)
{
	(void)bev;
	if (events & (BEV_EVENT_EOF | BEV_EVENT_ERROR))
		smsc_session_close(context);
}

static void session_on_timeout(void *user, const struct request *request)
{
	struct smsc_session *session = user;

	if (request->cookie != 0)
		session->handler.on_lost(session->handler.user, request->cookie);
	else
		smsc_session_close(session);
}

struct smsc_session *smsc_session_new(struct bufferevent *bev,
	const struct smsc_session_config *config, const struct smsc_session_handler *handler)
{
	struct smsc_session *session = xcalloc(1, sizeof(*session));

	session->bev = bev;
	session->config = *config;
	session->handler = *handler;
	session->window = window_new(config->window, session_on_timeout, NULL, session);
	copy_string(session->name, sizeof(session->name), "unbound");
	timer_init(&session->end, session_free, session);
	LIST_INIT(&session->late);
	bufferevent_setcb(bev, session_on_readable, session_on_written, session_on_event, session);
	bufferevent_enable(bev, EV_READ | EV_WRITE);
	return session;
}

const char *smsc_session_name(const struct smsc_session *session)
{
	return session->name;
}

bool smsc_session_receives(const struct smsc_session *session)
{
	return session->state == SESSION_BOUND && session->receives;
}

size_t smsc_session_room(const struct smsc_session *session)
{
	return window_room(session->window);
}

int smsc_session_send(struct smsc_session *session, uint8_t *octets, size_t length, uint64_t cookie)
{
	uint32_t sequence;
	int error = window_open(session->window, SMPP_DELIVER_SM, cookie, 0,
		session->config.response_ms, &sequence);

	if (error != OK)
		return error;
	for (int i = 0; i < 4; i++)
		octets[12 + i] = (uint8_t)(sequence >> (24 - 8 * i));
	session_write(session, octets, length);
	return OK;
}
