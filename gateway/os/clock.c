/* The system's clocks, or a frozen one: see clock.h. */
#include "gateway/os/clock.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

#define FROZEN_START 1000000
#define JUMP_MS	     300000
#define DOUBT_MS     600000

static atomic_bool frozen;
static _Atomic int64_t frozen_now, frozen_wall;
/* Wall minus monotonic when somebody last looked (0: nobody did), and the last jump of it. */
static _Atomic int64_t offset_known, jumped_at, jumped_by;

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

int64_t clock_boot(void)
{
	return atomic_load(&frozen) ? atomic_load(&frozen_now) : read_clock(CLOCK_BOOTTIME);
}

int64_t clock_wall(void)
{
	return atomic_load(&frozen) ? atomic_load(&frozen_wall) : read_clock(CLOCK_REALTIME);
}

int64_t clock_utc(void)
{
	return clock_wall() / 1000;
}

static void look_for_jump(void)
{
	int64_t now = clock_now(), offset = clock_wall() - now;
	int64_t before = atomic_exchange(&offset_known, offset), by = offset - before;

	if (before == 0 || (by < JUMP_MS && by > -JUMP_MS))
		return;
	atomic_store(&jumped_by, by / 1000);
	atomic_store(&jumped_at, now);
}

bool clock_doubtful(void)
{
	int64_t at;

	look_for_jump();
	at = atomic_load(&jumped_at);
	return at > 0 && clock_now() - at < DOUBT_MS;
}

struct clock_jump clock_last_jump(void)
{
	look_for_jump();
	return (struct clock_jump){atomic_load(&jumped_at), atomic_load(&jumped_by)};
}

void clock_freeze(int64_t wall)
{
	atomic_store(&offset_known, 0);
	atomic_store(&jumped_at, 0);
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
