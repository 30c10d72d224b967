/* How a link is doing: for kabarctl status, the metrics and the dashboard. */
#ifndef GATEWAY_SMPP_LINK_STATUS_H
#define GATEWAY_SMPP_LINK_STATUS_H

#include "gateway/link/smpp_link_handler.h"

#define LINK_ERRORS 16 /* different ones that are counted apart */

struct link_status { /* counts since start */
	enum link_state state;
	size_t window_used, window_size, unacknowledged;
	double rate; /* PDUs per second just now allowed; 0: no limit */
	int64_t hold_ms; /* pause by throttling that is left */
	int64_t bound_ms, last_in_ms, last_out_ms; /* clock_now(), 0: never */
	uint32_t bind_status; /* of the last refused bind, 0: none */
	bool bad_credentials;
	unsigned long received, receipts, submitted, sent, failed, throttled, unsure;
	unsigned long stale_acks, unknown_responses, malformed, ignored_tlvs, binds, disconnects;
	unsigned long receipt_states[RECEIPT_STATES];
	struct {
		uint32_t status; /* command_status of refused submits */
		unsigned long count; /* 0: this one and those behind it are free */
	} errors[LINK_ERRORS];
};
void link_status(const struct link *link, struct link_status *out);

#endif
