/* How many rows of the outbox may be claimed, by link and class: the loop says it, the worker keeps
 * to it. Plain data. */
#ifndef GATEWAY_SHARE_H
#define GATEWAY_SHARE_H

#include "store/message/outbox.h"

#define SHARES_MAX 32
#define SHARE_LINK 64

struct share {
	char link[SHARE_LINK];
	bool known; /* false: a reload removed it; its rows go over any */
	size_t room[OUTBOX_CLASSES];
};

struct shares {
	size_t count;
	struct share list[SHARES_MAX]; /* each link keeps its place */
};

#endif
