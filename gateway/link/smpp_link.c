/* One configured SMSC: the public interface, and what its one or two sessions share. See
 * smpp_link.h. */
#include "gateway/link/smpp_link.h"

#include <stdlib.h>
#include <string.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>

#include "gateway/link/smpp_session.h"
#include "gateway/link/smpp_socket.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/smpp/smpp_receipt_form.h"

#define PROBE_MS	1000

const char *link_state_name(enum link_state state)
{
	static const char *const names[] = {
		[LINK_STOPPED] = "stopped",
		[LINK_WAITING] = "waiting",
		[LINK_CONNECTING] = "connecting",
		[LINK_BINDING] = "binding",
		[LINK_BOUND] = "bound",
		[LINK_UNBINDING] = "unbinding",
	};

	return names[state];
}

uint64_t link_next_generation(void)
{
	static uint64_t last;

	return ++last;
}

static int or_default(int value, int standard)
{
	return value > 0 ? value : standard;
}

static void config_copy(struct link_config *to, const struct link_config *from)
{
	*to = *from;
	to->name = xstrdup(from->name);
	to->host = xstrdup(from->host);
	to->system_id = xstrdup(from->system_id ? from->system_id : "");
	to->password = xstrdup(from->password ? from->password : "");
	to->system_type = xstrdup(from->system_type ? from->system_type : "");
	to->address_range = xstrdup(from->address_range ? from->address_range : "");
	to->listen = xstrdup(from->listen ? from->listen : "");
	to->receipt_pattern = xstrdup(from->receipt_pattern ? from->receipt_pattern : "");
	to->tls_ca = from->tls_ca ? xstrdup(from->tls_ca) : NULL;
	to->window = or_default(from->window, 1);
	to->receive_window = or_default(from->receive_window, 1000);
	to->enquire_link_ms = or_default(from->enquire_link_ms, 30000);
	to->response_ms = or_default(from->response_ms, 30000);
	to->enquire_response_ms = or_default(from->enquire_response_ms, 10000);
	to->connect_ms = or_default(from->connect_ms, 10000);
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

bool link_config_same(const struct link_config *a, const struct link_config *b)
{
	return same_text(a->name, b->name) && same_text(a->host, b->host) &&
		same_text(a->system_id, b->system_id) && same_text(a->password, b->password) &&
		same_text(a->system_type, b->system_type) && same_text(a->tls_ca, b->tls_ca) &&
		same_text(a->address_range, b->address_range) && same_text(a->listen, b->listen) &&
		same_text(a->receipt_pattern, b->receipt_pattern) &&
		a->port == b->port && a->tls == b->tls && a->tls_verify == b->tls_verify &&
		a->pair == b->pair && a->bind_ton == b->bind_ton && a->bind_npi == b->bind_npi &&
		a->window == b->window && a->rate == b->rate &&
		a->receive_window == b->receive_window &&
		a->enquire_link_ms == b->enquire_link_ms && a->response_ms == b->response_ms &&
		a->enquire_response_ms == b->enquire_response_ms && a->connect_ms == b->connect_ms;
}

static void config_free(struct link_config *config)
{
	const char *const strings[] = {config->name, config->host, config->system_id,
		config->password, config->system_type, config->address_range, config->tls_ca,
		config->listen, config->receipt_pattern};

	for (size_t i = 0; i < COUNT_OF(strings); i++)
		free((void *)(uintptr_t)strings[i]);
}

/* The configuration was proven: what cannot be used now was put there by other means. */
static void receipt_form_init(struct link *link)
{
	char detail[160];
	size_t at;

	if (*link->config.receipt_pattern &&
		receipt_form_new(&link->receipt_form, link->config.receipt_pattern, detail,
			sizeof(detail), &at) != OK)
		log_error(link->subjects[0], "receipt_pattern cannot be used: %s", detail);
}

static void on_ready_timer(void *context)
{
	link_offer(context);
}

struct link *link_new(struct event_base *base, struct evdns_base *dns,
	const struct link_config *config, const struct link_handler *handler)
{
	struct link *link = xcalloc(1, sizeof(*link));

	config_copy(&link->config, config);
	link->handler = *handler;
	link->base = base;
	link->dns = dns;
	link->out = xcalloc(1, PDU_ROOM);
	rate_init(&link->rate, config->rate);
	timer_init(&link->ready, on_ready_timer, link);
	link->subjects[0] = xasprintf("link %s%s", config->name, config->pair ? "/tx" : "");
	link->subjects[1] = xasprintf("link %s/rx", config->name);
	receipt_form_init(link);
	session_init(&link->sessions[link->count++], link,
		config->pair ? SMPP_BIND_TRANSMITTER : SMPP_BIND_TRANSCEIVER, link->subjects[0]);
	if (config->pair)
		session_init(&link->sessions[link->count++], link, SMPP_BIND_RECEIVER,
			link->subjects[1]);
	link->sessions[link->count - 1].called = link->config.listen[0];
	if (config->tls && socket_tls_init(link))
		log_error(link->subjects[0], "TLS cannot be set up ca=%s",
			config->tls_ca ? config->tls_ca : "(system)");
	return link;
}

void link_free(struct link *link)
{
	if (!link)
		return;
	outbind_stop(link);
	for (size_t i = 0; i < link->count; i++)
		session_free(&link->sessions[i]);
	timer_cancel(&link->ready);
	socket_tls_free(link);
	config_free(&link->config);
	pattern_free(link->receipt_form);
	free(link->subjects[0]);
	free(link->subjects[1]);
	free(link->out);
	free(link);
}

void link_start(struct link *link)
{
	link->stopping = false;
	outbind_listen(link);
	for (size_t i = 0; i < link->count; i++) {
		link->sessions[i].stopping = false;
		if (link->sessions[i].state == LINK_STOPPED)
			session_event(&link->sessions[i],
				link->sessions[i].called ? EVENT_AWAIT : EVENT_START);
	}
}

static void session_stop(struct session *session)
{
	session->stopping = true;
	if (session->state == LINK_BOUND) {
		session_event(session, EVENT_UNBIND);
		stream_ask(session, SMPP_UNBIND, 0, session->link->config.response_ms);
	} else if (session->state == LINK_WAITING) {
		session_event(session, EVENT_STOP);
	} else if (session->state != LINK_UNBINDING) {
		session_lost(session, "stopped", BACKOFF_LOST);
	}
}

void link_stop(struct link *link)
{
	link->stopping = true;
	outbind_stop(link);
	for (size_t i = 0; i < link->count; i++)
		session_stop(&link->sessions[i]);
}

const char *link_name(const struct link *link)
{
	return link->config.name;
}

/* How far a state is from working. */
static int progress(enum link_state state)
{
	static const int ranks[] = {
		[LINK_STOPPED] = 0, [LINK_WAITING] = 1, [LINK_CONNECTING] = 2, [LINK_BINDING] = 3,
		[LINK_UNBINDING] = 4, [LINK_BOUND] = 5,
	};

	return ranks[state];
}

enum link_state link_state(const struct link *link)
{
	enum link_state state = link->sessions[0].state, other;

	if (link->count < 2)
		return state;
	other = link->sessions[1].state;
	/* While stopping, the last one to stop counts. */
	return (progress(other) < progress(state)) != link->stopping ? other : state;
}

void link_changed(struct link *link)
{
	enum link_state state = link_state(link);

	if (state != link->told) {
		link->told = state;
		if (link->handler.on_state)
			link->handler.on_state(link->handler.user, link, state);
	}
	link_offer(link);
}

static bool output_full(const struct session *session)
{
	return evbuffer_get_length(bufferevent_get_output(session->bev)) > PDU_ROOM;
}

/* 0, or why no submit may go now. Arms the timer when it is a matter of time. */
static int may_submit(struct link *link)
{
	const struct session *session = &link->sessions[0];
	int64_t wait;

	if (session->state != LINK_BOUND || !session->bev || link->held)
		return ERR_STATE;
	if (!window_room(session->window))
		return ERR_LIMIT;
	wait = rate_wait(&link->rate);
	if (!wait && output_full(session))
		wait = 10;
	if (!wait)
		return OK;
	timer_arm(&link->ready, wait);
	return ERR_LIMIT;
}

void link_offer(struct link *link)
{
	if (!link->wants_ready || may_submit(link))
		return;
	link->wants_ready = false;
	if (link->handler.on_ready)
		link->handler.on_ready(link->handler.user, link);
}

int link_submit(struct link *link, const struct submit *submit, uint64_t cookie)
{
	struct session *session = &link->sessions[0];
	struct request request;
	struct pdu pdu;
	size_t length;
	int error = may_submit(link);

	if (error) {
		link->wants_ready = true;
		return error;
	}
	pdu_init(&pdu, SMPP_SUBMIT_SM, ESME_ROK, 0);
	pdu.u.message = submit->message;
	pdu.tlvs.area = submit->tlv_area;
	pdu.tlvs.area_length = submit->tlv_length;
	error = window_open(session->window, SMPP_SUBMIT_SM, cookie, session->order + 1,
		link->config.response_ms, &pdu.sequence);
	if (error)
		return error;
	if (pdu_encode(&pdu, link->out, PDU_ROOM, &length)) {
		error = window_close(session->window, pdu.sequence, &request);
		window_set_next(session->window, pdu.sequence);
		return error ? error : ERR_RANGE;
	}
	stream_write(session, link->out, length);
	session->last_request = session->order;
	rate_spend(&link->rate);
	link->status.submitted++;
	return OK;
}

void link_hold(struct link *link, bool on)
{
	link->held = on;
	link_offer(link);
}

/* What finds no place is counted as failed, not by its number. */
static void count_error(struct link *link, uint32_t status)
{
	for (size_t i = 0; i < LINK_ERRORS; i++) {
		if (link->status.errors[i].count > 0 && link->status.errors[i].status != status)
			continue;
		link->status.errors[i].status = status;
		link->status.errors[i].count++;
		return;
	}
}

static enum submit_outcome outcome_of(
	struct link *link, const struct request *request, uint32_t status)
{
	if (status != ESME_ROK)
		count_error(link, status);
	switch (smpp_status_failure(status)) {
	case SMPP_FAIL_NONE:
		rate_accepted(&link->rate, request->sent_ms);
		link->status.sent++;
		return SUBMIT_SENT;
	case SMPP_FAIL_THROTTLE:
		rate_throttled(&link->rate, request->sent_ms);
		link->status.throttled++;
		link->wants_ready = true;
		return SUBMIT_THROTTLED;
	case SMPP_FAIL_TEMPORARY: link->status.failed++; return SUBMIT_RETRY;
	case SMPP_FAIL_PERMANENT: break;
	}
	link->status.failed++;
	return SUBMIT_FAILED;
}

void link_submitted(struct link *link, const struct request *request, uint32_t status,
	const char *message_id, bool unsure)
{
	struct submit_result result = {SUBMIT_UNSURE, status, message_id};

	if (unsure)
		link->status.unsure++;
	else
		result.outcome = outcome_of(link, request, status);
	link->handler.on_submit_result(link->handler.user, link, request->cookie, &result);
}

static struct session *session_by_generation(struct link *link, uint64_t generation)
{
	for (size_t i = 0; i < link->count; i++)
		if (generation && link->sessions[i].generation == generation &&
			link->sessions[i].bev)
			return &link->sessions[i];
	return NULL;
}

bool link_has(const struct link *link, uint64_t generation)
{
	for (size_t i = 0; i < link->count; i++)
		if (link->sessions[i].generation == generation && link->sessions[i].bev)
			return true;
	return false;
}

int link_ack(struct link *link, uint64_t generation, uint32_t sequence, uint32_t status,
	const unsigned char *token)
{
	struct session *session = session_by_generation(link, generation);
	uint32_t command;
	bool prompt;

	if (!session || acks_take(session->acks, sequence, &command, &prompt)) {
		link->status.stale_acks++;
		return ERR_NOT_FOUND;
	}
	stream_bare(session, command | SMPP_RESPONSE, status, sequence);
	if (status == ESME_ROK && token && prompt) {
		acks_sent(session->acks, session->order, token);
		if (!timer_armed(&session->probe))
			timer_arm(&session->probe, PROBE_MS);
	}
	stream_unblock(session);
	return OK;
}

void link_pause_reading(struct link *link)
{
	link->paused = true; /* seen before the next PDU is taken */
}

void link_resume_reading(struct link *link)
{
	link->paused = false;
	for (size_t i = 0; i < link->count; i++)
		stream_unblock(&link->sessions[i]);
}

void link_status(const struct link *link, struct link_status *out)
{
	int64_t hold = link->rate.hold_until_ms - clock_now();

	*out = link->status;
	out->state = link_state(link);
	out->window_used = window_count(link->sessions[0].window);
	out->window_size = (size_t)link->config.window;
	out->rate = link->rate.allowed;
	out->hold_ms = hold > 0 ? hold : 0;
	for (size_t i = 0; i < link->count; i++)
		out->unacknowledged += acks_waiting(link->sessions[i].acks);
}
