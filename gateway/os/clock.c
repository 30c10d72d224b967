/* The system's clocks, or a frozen one: see clock.h. */
#include "gateway/os/clock.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

#define FROZEN_START 1000000

static atomic_bool frozen;
static _Atomic int64_t frozen_now, frozen_wall, doubted_until;

static int64_t read_clock(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t clock_now(void)
{
	return atomic_load(&frozen) ? atomic_load(&frozen_now) : read_clock(CLOCK_MONOTONIC);
}

int64_t clock_wall(void)
{
	return atomic_load(&frozen) ? atomic_load(&frozen_wall) : read_clock(CLOCK_REALTIME);
}

int64_t clock_utc(void)
{
	return clock_wall() / 1000;
}

void clock_doubt(int64_t milliseconds)
{
	atomic_store(&doubted_until, clock_now() + milliseconds);
}

bool clock_doubtful(void)
{
	return clock_now() < atomic_load(&doubted_until);
}

void clock_freeze(int64_t wall)
{
	atomic_store(&doubted_until, 0);
	atomic_store(&frozen_now, FROZEN_START);
	atomic_store(&frozen_wall, wall);
	atomic_store(&frozen, true);
}

void clock_advance(int64_t milliseconds)
{
	assert(atomic_load(&frozen) && milliseconds >= 0);
	atomic_fetch_add(&frozen_now, milliseconds);
	atomic_fetch_add(&frozen_wall, milliseconds);
}

void clock_set_wall(int64_t wall)
{
	assert(atomic_load(&frozen));
	atomic_store(&frozen_wall, wall);
}

void clock_thaw(void)
{
	atomic_store(&frozen, false);
}
