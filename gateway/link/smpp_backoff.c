/* Back-off with jitter: see smpp_backoff.h. */
#include "gateway/link/smpp_backoff.h"

#include <stdlib.h>

#define FIRST_MS	1000
#define LAST_MS		60000
#define REFUSED_MS	(5 * 60000)
#define ALREADY_MS	30000
#define CREDENTIALS_MS	(5 * 60000)

static uint32_t (*random_below)(uint32_t bound) = arc4random_uniform;

static int64_t jitter(int64_t bound)
{
	return random_below((uint32_t)bound + 1);
}

int64_t backoff_next(struct backoff *backoff, enum backoff_reason reason)
{
	int64_t base, last = reason == BACKOFF_REFUSED ? REFUSED_MS : LAST_MS;

	if (reason == BACKOFF_ALREADY_BOUND)
		return ALREADY_MS + jitter(ALREADY_MS / 2);
	if (reason == BACKOFF_CREDENTIALS)
		return CREDENTIALS_MS + jitter(2 * CREDENTIALS_MS);
	base = backoff->base_ms ? backoff->base_ms * 2 : FIRST_MS;
	if (base > last)
		base = last;
	backoff->base_ms = base;
	return (base / 2 > FIRST_MS ? base / 2 : FIRST_MS) + jitter(base / 2);
}

void backoff_reset(struct backoff *backoff)
{
	backoff->base_ms = 0;
}

void backoff_set_random(uint32_t (*random)(uint32_t bound))
{
	random_below = random ? random : arc4random_uniform;
}
