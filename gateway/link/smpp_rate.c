/* Token bucket and adaptive rate: see smpp_rate.h. */
#include "gateway/link/smpp_rate.h"

#include "gateway/os/clock.h"

#define HOLD_FIRST_MS	1000
#define HOLD_LAST_MS	60000
#define BURST_SECONDS	0.01 /* more would break a limit that the SMSC counts per second */

static double larger(double a, double b)
{
	return a > b ? a : b;
}

void rate_init(struct rate *rate, int limit)
{
	*rate = (struct rate){.limit = limit, .allowed = limit, .filled_ms = clock_now()};
	rate->tokens = 1;
	rate->second_ms = clock_now();
}

static void fill(struct rate *rate)
{
	int64_t now = clock_now();
	double burst = larger(1, rate->allowed * BURST_SECONDS);

	rate->tokens += (double)(now - rate->filled_ms) * rate->allowed / 1000;
	if (rate->tokens > burst)
		rate->tokens = burst;
	rate->filled_ms = now;
}

int64_t rate_wait(struct rate *rate)
{
	int64_t now = clock_now();

	if (now < rate->hold_until_ms)
		return rate->hold_until_ms - now;
	if (rate->allowed <= 0)
		return 0;
	fill(rate);
	if (rate->tokens >= 1 - 1e-9)
		return 0;
	return (int64_t)((1 - rate->tokens) * 1000 / rate->allowed + 0.999999);
}

void rate_spend(struct rate *rate)
{
	int64_t now = clock_now();

	if (rate->allowed > 0)
		rate->tokens -= 1;
	if (now - rate->second_ms >= 1000) {
		rate->sent_before = now - rate->second_ms < 2000 ? rate->sent : 0;
		rate->sent = 0;
		rate->second_ms = now;
	}
	rate->sent++;
}

void rate_throttled(struct rate *rate, int64_t sent_ms)
{
	int64_t now = clock_now();
	double speed = rate->allowed;

	if (rate->hold_ms && sent_ms < rate->hold_until_ms)
		return;
	if (speed <= 0) { /* no limit so far: half of what we really sent */
		speed = rate->sent > rate->sent_before ? rate->sent : rate->sent_before;
		rate->ceiling = 4 * speed;
	}
	rate->allowed = larger(1, speed / 2);
	rate->tokens = 1;
	rate->hold_ms = rate->hold_ms ? rate->hold_ms * 2 : HOLD_FIRST_MS;
	if (rate->hold_ms > HOLD_LAST_MS)
		rate->hold_ms = HOLD_LAST_MS;
	rate->hold_until_ms = now + rate->hold_ms;
	rate->grown_ms = rate->filled_ms = rate->hold_until_ms;
}

void rate_accepted(struct rate *rate, int64_t sent_ms)
{
	int64_t now = clock_now();
	double top = rate->limit > 0 ? rate->limit : rate->ceiling;

	if (sent_ms < rate->hold_until_ms)
		return;
	rate->hold_ms = 0;
	if (rate->allowed <= 0 || rate->allowed >= top || now - rate->grown_ms < 1000)
		return;
	rate->grown_ms = now;
	rate->allowed += larger(1, top / 20);
	if (rate->allowed >= top)
		rate->allowed = rate->limit;
}
