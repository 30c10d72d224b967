/* The simulated operator: the listener, its sessions, and the messages that wait to be delivered.
 */
#include "tools/smsc/smsc_server.h"

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "gateway/os/timer.h"
#include "tools/smsc/smsc_latency.h"
#include "tools/smsc/smsc_session.h"

#define RESPONSE_MS	30000 /* then a deliver_sm goes again */
#define RETRY_MS	300 /* after a temporary refusal */

struct delivery {
	TAILQ_ENTRY(delivery) entry; /* in waiting, or in sent */
	uint8_t *octets;
	size_t length;
	uint64_t cookie;
	uint64_t number; /* the order in which they came */
	int64_t first_us;
	bool echo; /* the second copy of a duplicate: its answer is nobody's */
};
TAILQ_HEAD(deliveries, delivery);

struct peer {
	LIST_ENTRY(peer) entry;
	struct smsc_session *session;
};

struct smsc {
	struct event_base *base;
	struct evconnlistener *listener;
	struct smsc_options options;
	struct smsc_handler handler;
	struct smsc_faults faults;
	LIST_HEAD(, peer) peers;
	struct deliveries waiting, sent;
	size_t undelivered;
	uint64_t numbers;
	uint8_t *last; /* the last delivery's octets */
	size_t last_length;
	struct timer retry;
	uint32_t next_id;
};

static void delivery_free(struct smsc *smsc, struct delivery *delivery)
{
	smsc->undelivered--;
	free(delivery->octets);
	free(delivery);
}

static struct peer *smsc_peer(struct smsc *smsc, const struct smsc_session *session)
{
	struct peer *peer;

	LIST_FOREACH(peer, &smsc->peers, entry)
		if (peer->session == session)
			return peer;
	return NULL;
}

static void smsc_say(struct smsc *smsc, const char *what, const struct smsc_session *session)
{
	char text[96];

	snprintf(text, sizeof(text), "%s: %s", smsc_session_name(session), what);
	smsc->handler.on_event(smsc->handler.user, text);
}

/* The session for the next message: one that receives and has room. */
static struct smsc_session *smsc_free_session(struct smsc *smsc)
{
	struct peer *peer;

	LIST_FOREACH(peer, &smsc->peers, entry)
		if (smsc_session_receives(peer->session) && smsc_session_room(peer->session) > 0)
			return peer->session;
	return NULL;
}

static void smsc_pump(struct smsc *smsc)
{
	struct smsc_session *session;
	struct delivery *delivery;

	if (timer_armed(&smsc->retry))
		return;
	while ((delivery = TAILQ_FIRST(&smsc->waiting)) != NULL &&
		(session = smsc_free_session(smsc)) != NULL) {
		if (smsc_session_send(session, delivery->octets, delivery->length,
			    (uint64_t)(uintptr_t)delivery) != OK)
			return;
		if (delivery->first_us == 0)
			delivery->first_us = latency_now();
		TAILQ_REMOVE(&smsc->waiting, delivery, entry);
		TAILQ_INSERT_TAIL(&smsc->sent, delivery, entry);
	}
}

static void smsc_on_retry(void *context)
{
	smsc_pump(context);
}

static void smsc_on_bound(void *user, struct smsc_session *session)
{
	struct smsc *smsc = user;

	smsc_say(smsc, "bound", session);
	smsc->handler.on_receivers(smsc->handler.user, smsc_receivers(smsc));
	smsc_pump(smsc);
}

static uint32_t smsc_on_submit(void *user, struct smsc_session *session, const struct pdu *pdu,
	char *message_id, int64_t *delay_ms)
{
	struct smsc *smsc = user;
	struct smsc_faults *faults = &smsc->faults;

	if (faults->drop_after > 0 && --faults->drop_after == 0) {
		smsc_session_close(session);
		return ESME_RSYSERR;
	}
	*delay_ms = faults->answer_delay_ms;
	if (faults->throttle > 0) {
		faults->throttle--;
		return ESME_RTHROTTLED;
	}
	if (faults->refuse > 0) {
		faults->refuse--;
		return ESME_RSYSERR;
	}
	snprintf(message_id, 66, "%08X", ++smsc->next_id);
	smsc->handler.on_submit(smsc->handler.user, pdu, message_id);
	return ESME_ROK;
}

/* The message goes again, before all younger ones. */
static void smsc_requeue(struct smsc *smsc, struct delivery *delivery)
{
	struct delivery *other;

	TAILQ_REMOVE(&smsc->sent, delivery, entry);
	TAILQ_FOREACH(other, &smsc->waiting, entry) {
		if (other->number > delivery->number) {
			TAILQ_INSERT_BEFORE(other, delivery, entry);
			return;
		}
	}
	TAILQ_INSERT_TAIL(&smsc->waiting, delivery, entry);
}

static void smsc_on_answer(
	void *user, struct smsc_session *session, uint64_t cookie, uint32_t status)
{
	struct smsc *smsc = user;
	struct delivery *delivery = (void *)(uintptr_t)cookie; /* our own pointer comes back */
	enum smpp_failure failure = smpp_status_failure(status);
	uint64_t whose = delivery->echo ? 0 : delivery->cookie;
	int64_t latency_us = latency_now() - delivery->first_us;

	(void)session;
	if (failure == SMPP_FAIL_THROTTLE || failure == SMPP_FAIL_TEMPORARY) {
		smsc_requeue(smsc, delivery);
		if (!timer_armed(&smsc->retry))
			timer_arm(&smsc->retry, RETRY_MS);
	} else {
		TAILQ_REMOVE(&smsc->sent, delivery, entry);
		delivery_free(smsc, delivery);
	}
	smsc->handler.on_answer(smsc->handler.user, whose, status, latency_us);
	smsc_pump(smsc);
}

static void smsc_on_lost(void *user, uint64_t cookie)
{
	struct smsc *smsc = user;

	smsc_requeue(smsc, (void *)(uintptr_t)cookie);
	if (!timer_armed(&smsc->retry))
		timer_arm(&smsc->retry, 0);
}

static void smsc_on_closed(void *user, struct smsc_session *session)
{
	struct smsc *smsc = user;
	struct peer *peer = smsc_peer(smsc, session);

	if (peer == NULL)
		return;
	LIST_REMOVE(peer, entry);
	free(peer);
	smsc_say(smsc, "gone", session);
	smsc->handler.on_receivers(smsc->handler.user, smsc_receivers(smsc));
}

static void smsc_on_connect(struct evconnlistener *listener, evutil_socket_t fd,
	struct sockaddr *from, int length, void *user)
{
	struct smsc *smsc = user;
	const struct smsc_session_config config = {
		.system_id = smsc->options.system_id,
		.password = smsc->options.password,
		.window = smsc->options.window,
		.response_ms = RESPONSE_MS,
	};
	const struct smsc_session_handler handler = {
		.user = smsc,
		.on_bound = smsc_on_bound,
		.on_submit = smsc_on_submit,
		.on_answer = smsc_on_answer,
		.on_lost = smsc_on_lost,
		.on_closed = smsc_on_closed,
	};
	struct peer *peer = xcalloc(1, sizeof(*peer));
	struct bufferevent *bev;

	(void)listener;
	(void)from;
	(void)length;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	bev = bufferevent_socket_new(smsc->base, fd, BEV_OPT_CLOSE_ON_FREE);
	peer->session = smsc_session_new(bev, &config, &handler);
	LIST_INSERT_HEAD(&smsc->peers, peer, entry);
}

int smsc_new(struct smsc **out, struct event_base *base, const struct smsc_options *options,
	const struct smsc_handler *handler)
{
	struct smsc *smsc = xcalloc(1, sizeof(*smsc));
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)options->port)};

	smsc->base = base;
	smsc->options = *options;
	smsc->handler = *handler;
	LIST_INIT(&smsc->peers);
	TAILQ_INIT(&smsc->waiting);
	TAILQ_INIT(&smsc->sent);
	timer_init(&smsc->retry, smsc_on_retry, smsc);
	if (evutil_inet_pton(AF_INET, options->address, &address.sin_addr) != 1) {
		errno = EADDRNOTAVAIL;
		goto out;
	}
	smsc->listener = evconnlistener_new_bind(base, smsc_on_connect, smsc,
		LEV_OPT_CLOSE_ON_FREE | LEV_OPT_REUSEABLE | LEV_OPT_CLOSE_ON_EXEC, -1,
		(struct sockaddr *)&address, sizeof(address));
out:
	if (smsc->listener == NULL) {
		free(smsc);
		return ERR_SYSTEM;
	}
	*out = smsc;
	return OK;
}

void smsc_free(struct smsc *smsc)
{
	struct delivery *delivery;

	if (smsc == NULL)
		return;
	smsc_drop(smsc);
	timers_run(); /* the sessions that were just closed go now */
	evconnlistener_free(smsc->listener);
	timer_cancel(&smsc->retry);
	while ((delivery = TAILQ_FIRST(&smsc->waiting)) != NULL) {
		TAILQ_REMOVE(&smsc->waiting, delivery, entry);
		delivery_free(smsc, delivery);
	}
	free(smsc->last);
	free(smsc);
}

int smsc_port(const struct smsc *smsc)
{
	struct sockaddr_in address;
	socklen_t length = sizeof(address);

	if (getsockname(evconnlistener_get_fd(smsc->listener), (struct sockaddr *)&address,
		    &length) != 0)
		return -1;
	return ntohs(address.sin_port);
}

struct smsc_faults *smsc_faults(struct smsc *smsc)
{
	return &smsc->faults;
}

static void smsc_queue(
	struct smsc *smsc, const uint8_t *octets, size_t length, uint64_t cookie, bool echo)
{
	struct delivery *delivery = xcalloc(1, sizeof(*delivery));

	delivery->octets = xcalloc(1, length);
	memcpy(delivery->octets, octets, length);
	delivery->length = length;
	delivery->cookie = cookie;
	delivery->echo = echo;
	delivery->number = ++smsc->numbers;
	TAILQ_INSERT_TAIL(&smsc->waiting, delivery, entry);
	smsc->undelivered++;
}

int smsc_deliver(struct smsc *smsc, const struct pdu_message *message, const struct tlv_list *tlvs,
	uint64_t cookie)
{
	static uint8_t octets[PDU_ROOM];
	size_t length;
	struct pdu pdu;
	int error;

	pdu_init(&pdu, SMPP_DELIVER_SM, ESME_ROK, 1);
	pdu.u.message = *message;
	if (tlvs != NULL) {
		pdu.tlvs.area = tlvs->area;
		pdu.tlvs.area_length = tlvs->area_length;
	}
	error = pdu_encode(&pdu, octets, sizeof(octets), &length);
	if (error != OK)
		return error;
	smsc->last = xrealloc(smsc->last, 1, length);
	memcpy(smsc->last, octets, length);
	smsc->last_length = length;
	smsc_queue(smsc, octets, length, cookie, false);
	if (smsc->faults.duplicate)
		smsc_queue(smsc, octets, length, cookie, true);
	smsc_pump(smsc);
	return OK;
}

int smsc_deliver_again(struct smsc *smsc, uint64_t cookie)
{
	if (smsc->last == NULL)
		return ERR_NOT_FOUND;
	smsc_queue(smsc, smsc->last, smsc->last_length, cookie, false);
	smsc_pump(smsc);
	return OK;
}

static void smsc_each_session(struct smsc *smsc, void (*act)(struct smsc_session *session))
{
	struct peer *peer, *next;

	for (peer = LIST_FIRST(&smsc->peers); peer != NULL; peer = next) {
		next = LIST_NEXT(peer, entry);
		act(peer->session);
	}
}

void smsc_drop(struct smsc *smsc)
{
	smsc_each_session(smsc, smsc_session_close);
}

void smsc_unbind(struct smsc *smsc)
{
	smsc_each_session(smsc, smsc_session_unbind);
}

size_t smsc_receivers(const struct smsc *smsc)
{
	size_t count = 0;
	struct peer *peer;

	LIST_FOREACH(peer, &smsc->peers, entry)
		count += smsc_session_receives(peer->session);
	return count;
}

size_t smsc_undelivered(const struct smsc *smsc)
{
	return smsc->undelivered;
}
