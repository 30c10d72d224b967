/* One connection of a client to the simulated operator: framing, bind, keep-alive, responses.
 *
 * Loop thread only. The session frees itself after on_closed; nothing may use it from then on.
 */
#ifndef TOOLS_SMSC_SESSION_H
#define TOOLS_SMSC_SESSION_H

#include "gateway/smpp/smpp_pdu.h"

struct bufferevent;
struct smsc_session;

struct smsc_session_config { /* strings must outlive the session */
	const char *system_id, *password; /* NULL: any */
	size_t window; /* deliver_sm outstanding */
	int64_t response_ms; /* a deliver_sm without an answer for so long is given back */
};

struct smsc_session_handler {
	void *user;
	void (*on_bound)(void *user, struct smsc_session *session);
	/* Returns the status to answer; *message_id (66 octets) is filled when that is ESME_ROK.
	 * *delay_ms: answer later. */
	uint32_t (*on_submit)(void *user, struct smsc_session *session, const struct pdu *pdu,
		char *message_id, int64_t *delay_ms);
	void (*on_answer)(
		void *user, struct smsc_session *session, uint64_t cookie, uint32_t status);
	/* no answer: timed out or the session ended */
	void (*on_lost)(void *user, uint64_t cookie);
	void (*on_closed)(void *user, struct smsc_session *session);
};

struct smsc_session *smsc_session_new(struct bufferevent *bev,
	const struct smsc_session_config *config, const struct smsc_session_handler *handler);
void smsc_session_close(struct smsc_session *session); /* at once, without unbind */
void smsc_session_unbind(
	struct smsc_session *session); /* asks the client to go; closes when it answered */

const char *smsc_session_name(const struct smsc_session *session); /* "kabar (transceiver)" */
bool smsc_session_receives(
	const struct smsc_session *session); /* bound, and deliver_sm may go there */
size_t smsc_session_room(const struct smsc_session *session);
/* Sends one encoded request with a sequence number of this session's. ERR_LIMIT: the window is
 * full. */
int smsc_session_send(
	struct smsc_session *session, uint8_t *octets, size_t length, uint64_t cookie) MUST_CHECK;

#endif
