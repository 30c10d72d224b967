/* Outstanding requests and their response timers: see smpp_window.h. */
#include "gateway/link/smpp_window.h"

#include <stdlib.h>

#include "gateway/os/clock.h"
#include "gateway/os/timer.h"
#include "parsers/text/table.h"

#define SEQUENCE_LAST	0x7FFFFFFFu
#define CONTROL_MAX	16 /* requests that are not messages: bind, enquire_link, unbind */
#define WAIT_MS		100

struct entry { /* uthash keeps them in the order of opening */
	struct request request;
	UT_hash_handle hh;
};

struct window {
	struct entry *entries;
	size_t messages, capacity;
	uint32_t next;
	struct timer timer;
	window_on_timeout on_timeout;
	window_may_wait may_wait;
	void *user;
};

static bool is_message(uint32_t command)
{
	return command == SMPP_SUBMIT_SM || command == SMPP_DELIVER_SM || command == SMPP_DATA_SM;
}

static void arm_next(struct window *window)
{
	int64_t next = INT64_MAX;

	for (const struct entry *e = window->entries; e; e = e->hh.next)
		if (e->request.deadline_ms < next)
			next = e->request.deadline_ms;
	if (next == INT64_MAX)
		timer_cancel(&window->timer);
	else
		timer_arm(&window->timer, next > clock_now() ? next - clock_now() : 0);
}

static void take_out(struct window *window, struct entry *entry, struct request *out)
{
	*out = entry->request;
	if (is_message(out->command))
		window->messages--;
	HASH_DEL(window->entries, entry);
	free(entry);
}

static struct entry *first_overdue(const struct window *window)
{
	for (struct entry *e = window->entries; e; e = e->hh.next)
		if (e->request.deadline_ms <= clock_now())
			return e;
	return NULL;
}

/* The timer runs at the earliest deadline that there was when it was armed: that request may be
 * gone by now. */
static void on_timer(void *context)
{
	struct window *window = context;
	struct entry *entry = first_overdue(window);

	if (entry && window->may_wait && window->may_wait(window->user, &entry->request)) {
		timer_arm(&window->timer, WAIT_MS);
		return;
	}
	while (entry) {
		struct request request;

		take_out(window, entry, &request);
		window->on_timeout(window->user, &request);
		entry = first_overdue(window);
	}
	arm_next(window);
}

struct window *window_new(size_t capacity, window_on_timeout on_timeout, window_may_wait may_wait,
	void *user)
{
	struct window *window = xcalloc(1, sizeof(*window));

	window->capacity = capacity;
	window->next = 1;
	window->on_timeout = on_timeout;
	window->may_wait = may_wait;
	window->user = user;
	timer_init(&window->timer, on_timer, window);
	return window;
}

void window_free(struct window *window)
{
	struct request request;

	if (!window)
		return;
	while (!window_take(window, &request))
		;
	timer_cancel(&window->timer);
	free(window);
}

static uint32_t free_sequence(struct window *window)
{
	for (;;) {
		uint32_t sequence = window->next;
		struct entry *taken;

		window->next = sequence >= SEQUENCE_LAST ? 1 : sequence + 1;
		HASH_FIND(hh, window->entries, &sequence, sizeof(sequence), taken);
		if (!taken)
			return sequence;
	}
}

int window_open(struct window *window, uint32_t command, uint64_t cookie, uint64_t order,
	int64_t timeout_ms, uint32_t *sequence)
{
	struct entry *entry;
	size_t control = HASH_COUNT(window->entries) - window->messages;

	if (is_message(command) ? window->messages >= window->capacity : control >= CONTROL_MAX)
		return ERR_LIMIT;
	entry = xcalloc(1, sizeof(*entry));
	entry->request = (struct request){
		.sequence = free_sequence(window), .command = command, .cookie = cookie,
		.order = order, .sent_ms = clock_now(), .deadline_ms = clock_now() + timeout_ms,
	};
	HASH_ADD(hh, window->entries, request.sequence, sizeof(entry->request.sequence), entry);
	if (is_message(command))
		window->messages++;
	if (!timer_armed(&window->timer) || window->timer.due > entry->request.deadline_ms)
		timer_arm(&window->timer, timeout_ms);
	*sequence = entry->request.sequence;
	return OK;
}

const struct request *window_find(const struct window *window, uint32_t sequence)
{
	struct entry *entry;

	HASH_FIND(hh, window->entries, &sequence, sizeof(sequence), entry);
	return entry ? &entry->request : NULL;
}

int window_close(struct window *window, uint32_t sequence, struct request *out)
{
	struct entry *entry;

	HASH_FIND(hh, window->entries, &sequence, sizeof(sequence), entry);
	if (!entry)
		return ERR_NOT_FOUND;
	take_out(window, entry, out);
	return OK;
}

int window_take(struct window *window, struct request *out)
{
	if (!window->entries)
		return ERR_NOT_FOUND;
	take_out(window, window->entries, out);
	if (!window->entries)
		timer_cancel(&window->timer);
	return OK;
}

size_t window_count(const struct window *window)
{
	return window->messages;
}

size_t window_room(const struct window *window)
{
	return window->capacity - window->messages;
}

size_t window_total(const struct window *window)
{
	return HASH_COUNT(window->entries);
}

void window_set_next(struct window *window, uint32_t sequence)
{
	window->next = sequence < 1 || sequence > SEQUENCE_LAST ? 1 : sequence;
}
