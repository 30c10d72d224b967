/* USSD over SMPP: a message of the operator as an event of a session, a screen as a submit; by the
 * link's dialect. */
#ifndef GATEWAY_USSD_H
#define GATEWAY_USSD_H

#include "flows/ussd/ussd.h"
#include "gateway/link/smpp_link.h"
#include "gateway/smpp/ussd_dialect.h"

#define USSD_VALUE 20
#define USSD_CODE  32
struct ussd_arrival {
	enum ussd_event event;
	char session[USSD_VALUE]; /* the masked session value in hex; "" */
	char echo[USSD_VALUE]; /* the whole value as it came; "" */
	char code[USSD_CODE]; /* our code as configured */
	bool code_in_address;
	int septets, user_seconds, session_seconds;
};

/* service_type USSD, or an ussd_service_op. */
bool ussd_is(const struct deliver *deliver);
void ussd_read(const struct ussd_dialect *dialect, const char *code, const struct deliver *deliver,
	struct ussd_arrival *out);

#define USSD_TLVS 24
/* The operation and the session's TLV of a screen, written to area; sets service_type. */
int ussd_screen(const struct ussd_dialect *dialect, const char *echo, bool end,
	struct submit *submit, uint8_t area[USSD_TLVS]) MUST_CHECK;

#endif
