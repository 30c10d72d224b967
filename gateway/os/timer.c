/* A binary heap of timers over one libevent timer: see timer.h. */
#include "gateway/os/timer.h"

#include <assert.h>
#include <stdlib.h>
#include <event2/event.h>

#include "gateway/os/clock.h"
#include "parsers/text/util.h"

static struct timer **heap; /* heap[1] is the next one due; heap[0] is not used */
static size_t heap_count, heap_room;
static uint64_t next_order;
static struct event *driver; /* NULL: nothing attached */

static bool before(const struct timer *a, const struct timer *b)
{
	return a->due < b->due || (a->due == b->due && a->order < b->order);
}

static void put(size_t place, struct timer *timer)
{
	heap[place] = timer;
	timer->place = place;
}

static void sift_up(size_t place, struct timer *timer)
{
	while (place > 1 && before(timer, heap[place / 2])) {
		put(place, heap[place / 2]);
		place /= 2;
	}
	put(place, timer);
}

static void sift_down(size_t place, struct timer *timer)
{
	for (;;) {
		size_t child = place * 2;

		if (child > heap_count)
			break;
		if (child < heap_count && before(heap[child + 1], heap[child]))
			child++;
		if (!before(heap[child], timer))
			break;
		put(place, heap[child]);
		place = child;
	}
	put(place, timer);
}

static void take_out(struct timer *timer)
{
	size_t place = timer->place;
	struct timer *last = heap[heap_count--];

	timer->place = 0;
	if (last == timer)
		return;
	if (place > 1 && before(last, heap[place / 2]))
		sift_up(place, last);
	else
		sift_down(place, last);
}

/* Tells libevent when to wake us. */
static void drive(void)
{
	struct timeval wait;
	int64_t left;

	if (!driver)
		return;
	if (heap_count == 0) {
		event_del(driver);
		return;
	}
	left = heap[1]->due - clock_now();
	if (left < 0)
		left = 0;
	wait.tv_sec = (time_t)(left / 1000);
	wait.tv_usec = (suseconds_t)(left % 1000 * 1000);
	event_add(driver, &wait);
}

void timer_init(struct timer *timer, void (*fire)(void *context), void *context)
{
	*timer = (struct timer){.fire = fire, .context = context};
}

void timer_arm(struct timer *timer, int64_t delay)
{
	bool was_first = timer->place == 1;

	assert(timer->fire);
	if (timer->place)
		take_out(timer);
	if (heap_count + 1 >= heap_room) {
		heap_room = heap_room ? heap_room * 2 : 64;
		heap = xrealloc(heap, heap_room, sizeof(struct timer *));
	}
	timer->due = clock_now() + (delay > 0 ? delay : 0);
	timer->order = next_order++;
	sift_up(++heap_count, timer);
	if (was_first || timer->place == 1)
		drive();
}

void timer_cancel(struct timer *timer)
{
	bool was_first = timer->place == 1;

	if (!timer->place)
		return;
	take_out(timer);
	if (was_first)
		drive();
}

bool timer_armed(const struct timer *timer)
{
	return timer->place != 0;
}

size_t timers_run(void)
{
	int64_t now = clock_now();
	/* a timer armed meanwhile waits for the next round: no starving of sockets */
	uint64_t limit = next_order;
	size_t fired = 0;

	while (heap_count > 0 && heap[1]->due <= now && heap[1]->order < limit) {
		struct timer *timer = heap[1];

		take_out(timer);
		timer->fire(timer->context);
		fired++;
	}
	drive();
	return fired;
}

int64_t timers_next(void)
{
	return heap_count > 0 ? heap[1]->due : -1;
}

void timers_advance(int64_t milliseconds)
{
	int64_t end = clock_now() + milliseconds;

	for (;;) {
		int64_t next = timers_next();

		if (next < 0 || next > end)
			break;
		if (next > clock_now())
			clock_advance(next - clock_now());
		timers_run();
	}
	clock_advance(end - clock_now());
}

static void on_driver(evutil_socket_t fd, short what, void *context)
{
	(void)fd;
	(void)what;
	(void)context;
	timers_run();
}

void timers_attach(struct event_base *base)
{
	assert(!driver);
	driver = event_new(base, -1, 0, on_driver, NULL);
	if (!driver)
		abort();
	drive();
}

void timers_detach(void)
{
	if (driver)
		event_free(driver);
	driver = NULL;
	if (heap_count == 0) {
		free(heap);
		heap = NULL;
		heap_room = 0;
	}
}
