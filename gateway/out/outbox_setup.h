/* What an outbox works with, and what it tells of itself. */
#ifndef GATEWAY_OUTBOX_SETUP_H
#define GATEWAY_OUTBOX_SETUP_H

#include "flows/rules/hours.h"
#include "gateway/out/links.h"
#include "gateway/out/share.h"

struct outbox_policy {
	bool resend_unsure;
	int tries, retry, retry_max; /* seconds */
	struct hours hours;
};

struct outbox_setup {
	struct links *links;
	/* rows in memory per link; see outbox_shares(). Sockets are read on: responses make room */
	size_t limit;
	struct outbox_policy policy;
	/* link: that which it went over, "" when there was none */
	void (*result)(void *context, const char *link, const char *recipient, int64_t id,
		const char *state, const char *message_id, int64_t due);
	bool (*may_submit)(void *context); /* false: not now, asked again soon. NULL: always */
	void *context;
};

struct outbox_status {
	size_t waiting, under_way; /* replies in memory */
	uint64_t sent, retried, unsure, resent, dropped, expired, moved;
	int64_t oldest[OUTBOX_CLASSES]; /* UTC: when the oldest that waits was put; 0: none */
	size_t in_class[OUTBOX_CLASSES]; /* of those that wait */
	int64_t last_sent; /* clock_now(); 0: none yet */
};

#endif
