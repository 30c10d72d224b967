/* How often a login may fail: per account and per address. */
#ifndef WEB_THROTTLE_H
#define WEB_THROTTLE_H

#include <stdint.h>

#include "parsers/text/util.h"

struct throttle;
struct throttle *throttle_new(void);
void throttle_free(struct throttle *throttle);
/* Seconds until this account may try again from this address; 0: now. */
int throttle_wait(struct throttle *throttle, const char *account, const char *address, int64_t now);
void throttle_failed(
	struct throttle *throttle, const char *account, const char *address, int64_t now);
void throttle_succeeded(struct throttle *throttle, const char *account);

#endif
