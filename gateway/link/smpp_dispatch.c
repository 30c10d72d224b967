/* What each PDU from the SMSC means for the session, and what a missing answer means. */
#include "gateway/link/smpp_session.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/smpp/smpp_udh.h"

/* A request that cannot be read gets the status of its defect; responses never get an answer. */
static void on_malformed(struct session *session, const struct pdu *pdu)
{
	session->link->status.malformed++;
	log_warn(session->subject, "malformed %s sequence=%u length=%u answer=%s",
		smpp_command_name(pdu->command), (unsigned)pdu->sequence, (unsigned)pdu->length,
		smpp_status_name(pdu->defect));
	if (pdu->command == SMPP_OUTBIND || pdu->command == SMPP_ALERT_NOTIFICATION)
		return;
	if (pdu->defect == ESME_RINVCMDID)
		stream_bare(session, SMPP_GENERIC_NACK, pdu->defect, pdu->sequence);
	else
		stream_bare(session, pdu->command | SMPP_RESPONSE, pdu->defect, pdu->sequence);
}

static void hand_up(struct session *session, const struct pdu *pdu)
{
	struct link *link = session->link;
	const struct pdu_message *message = &pdu->u.message;
	struct deliver deliver = {
		.link = link->config.name,
		.generation = session->generation,
		.sequence = pdu->sequence,
		.command = pdu->command,
		.received_ms = clock_now(),
		.message = message,
		.tlvs = &pdu->tlvs,
	};
	struct receipt receipt;
	struct user_data data;

	acks_received(session->acks, pdu->sequence, pdu->command);
	user_data_read(&data, message->esm_class, message->octets, message->length, &pdu->tlvs);
	if (!link->handler.on_receipt || data.part.total ||
		receipt_read(&receipt, message->esm_class, data.octets, data.length, &pdu->tlvs,
			link->receipt_form) ==
			RECEIPT_NONE) {
		link->status.received++;
		link->handler.on_deliver(link->handler.user, &deliver);
		return;
	}
	link->status.receipts++;
	if ((unsigned)receipt.state < RECEIPT_STATES)
		link->status.receipt_states[receipt.state]++;
	link->handler.on_receipt(link->handler.user, &deliver, &receipt);
}

static void on_message(struct session *session, const struct pdu *pdu)
{
	if (session->state == LINK_UNBINDING)
		return; /* it comes back on the next connection */
	if (session->state != LINK_BOUND || session->bind_command == SMPP_BIND_TRANSMITTER) {
		stream_bare(session, pdu->command | SMPP_RESPONSE, ESME_RINVBNDSTS, pdu->sequence);
		return;
	}
	if (pdu->tlvs.ignored)
		session->link->status.ignored_tlvs += pdu->tlvs.ignored;
	hand_up(session, pdu);
}

static void on_unbind(struct session *session, const struct pdu *pdu)
{
	stream_bare(session, SMPP_UNBIND | SMPP_RESPONSE, ESME_ROK, pdu->sequence);
	if (session->state != LINK_BOUND) {
		session_lost(session, "unbound by the SMSC", BACKOFF_LOST);
		return;
	}
	/* Responses to what is outstanding may still come, or the SMSC closes first. */
	session_event(session, EVENT_PEER_UNBOUND);
	if (!window_total(session->window))
		session_lost(session, "unbound by the SMSC", BACKOFF_LOST);
}

static void on_request(struct session *session, const struct pdu *pdu)
{
	switch (pdu->command) {
	case SMPP_ENQUIRE_LINK:
		stream_bare(session, pdu->command | SMPP_RESPONSE, ESME_ROK, pdu->sequence);
		break;
	case SMPP_DELIVER_SM:
	case SMPP_DATA_SM:
		on_message(session, pdu);
		break;
	case SMPP_UNBIND:
		on_unbind(session, pdu);
		break;
	case SMPP_OUTBIND:
	case SMPP_ALERT_NOTIFICATION:
		break;
	default: /* what only an ESME asks */
		stream_bare(session, pdu->command | SMPP_RESPONSE, ESME_RINVBNDSTS, pdu->sequence);
	}
}

static void on_bind_answer(struct session *session, const struct pdu *pdu)
{
	struct link_status *status = &session->link->status;
	enum backoff_reason reason = BACKOFF_LOST;

	if (session->state != LINK_BINDING)
		return;
	if (pdu->status == ESME_ROK && pdu->command != SMPP_GENERIC_NACK) {
		session_event(session, EVENT_BOUND);
		return;
	}
	if (pdu->status == ESME_RALYBND)
		reason = BACKOFF_ALREADY_BOUND;
	if (pdu->status == ESME_RBINDFAIL)
		reason = BACKOFF_REFUSED;
	status->bad_credentials = pdu->status == ESME_RINVPASWD || pdu->status == ESME_RINVSYSID;
	if (status->bad_credentials)
		reason = BACKOFF_CREDENTIALS;
	status->bind_status = pdu->status;
	log_error(session->subject, "bind refused status=0x%x %s", (unsigned)pdu->status,
		smpp_status_name(pdu->status));
	session_lost(session, "bind refused", reason);
}

/* The SMSC has read all that we sent before this request. */
static void note_proof(struct session *session, const struct request *request)
{
	const struct link_handler *handler = &session->link->handler;
	unsigned char token[ACK_TOKEN];

	while (!acks_next_proven(session->acks, request->order, token))
		if (handler->on_ack_proven)
			handler->on_ack_proven(handler->user, session->link, token);
}

/* A nack that names no request of ours: about octets that the SMSC could not even split. */
static void on_stray_nack(struct session *session, const struct pdu *pdu)
{
	log_warn(session->subject, "generic_nack sequence=%u status=%s", (unsigned)pdu->sequence,
		smpp_status_name(pdu->status));
	if (pdu->status == ESME_RINVCMDLEN)
		session_lost(session, "generic_nack: framing in doubt", BACKOFF_LOST);
}

static void on_response(struct session *session, const struct pdu *pdu)
{
	const struct request *known = window_find(session->window, pdu->sequence);
	bool nack = pdu->command == SMPP_GENERIC_NACK;
	struct request request;

	if (!known || (!nack && pdu->command != (known->command | SMPP_RESPONSE)) ||
		window_close(session->window, pdu->sequence, &request)) {
		session->link->status.unknown_responses++;
		log_debug(session->subject, "nobody waits for %s sequence=%u",
			smpp_command_name(pdu->command), (unsigned)pdu->sequence);
		if (nack)
			on_stray_nack(session, pdu);
		return;
	}
	note_proof(session, &request);
	if (request.command == session->bind_command) {
		on_bind_answer(session, pdu);
	} else if (request.command == SMPP_SUBMIT_SM) {
		uint32_t status = nack && pdu->status == ESME_ROK ? ESME_RUNKNOWNERR : pdu->status;

		link_submitted(session->link, &request, status,
			pdu->has_body && !nack ? pdu->u.message_id : "", false);
	} else if (request.command == SMPP_UNBIND) {
		session_lost(session, "unbound", BACKOFF_LOST);
		return;
	}
	if (session->state == LINK_UNBINDING && !window_total(session->window))
		session_lost(session, "unbound by the SMSC", BACKOFF_LOST);
}

void link_dispatch(struct session *session, const struct pdu *pdu, int defect)
{
	if (smpp_is_response(pdu->command))
		on_response(session, pdu);
	else if (defect)
		on_malformed(session, pdu);
	else
		on_request(session, pdu);
}

void dispatch_overdue(struct session *session, const struct request *request)
{
	if (request->command == SMPP_SUBMIT_SM) {
		log_warn(session->subject, "submit_sm without response sequence=%u",
			(unsigned)request->sequence);
		link_submitted(session->link, request, ESME_ROK, "", true);
		link_offer(session->link);
	} else if (request->command == SMPP_ENQUIRE_LINK && request->cookie != COOKIE_PROBE &&
		session->last_in_ms <= request->sent_ms) {
		session_lost(session, "no answer to enquire_link", BACKOFF_LOST);
	}
}
