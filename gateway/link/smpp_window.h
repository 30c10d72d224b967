/* Requests that wait for their response, found by sequence number, each with its response timer.
 *
 * Sequence numbers run 1..0x7FFFFFFF and wrap to 1, skipping those still outstanding. Only
 * messages (submit_sm, deliver_sm, data_sm) count against the capacity: a full window never keeps
 * an enquire_link or unbind back. */
#ifndef GATEWAY_SMPP_WINDOW_H
#define GATEWAY_SMPP_WINDOW_H

#include "gateway/smpp/smpp_codes.h"
#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct window;

struct request {
	uint32_t sequence, command;
	uint64_t cookie; /* the caller's */
	uint64_t order; /* the caller's; smpp_link: number of the PDU in the session */
	int64_t sent_ms; /* clock_now() */
	int64_t deadline_ms;
};

/* The request is already out of the window. It is legal to open requests from here, not to free
 * the window. */
typedef void (*window_on_timeout)(void *user, const struct request *request);
/* May be NULL. Asked before judging: true when unread octets wait, so that a response may be
 * among them, or the request has not left; the judgement is then put off for 100 ms. */
typedef bool (*window_may_wait)(void *user, const struct request *overdue);

struct window *window_new(size_t capacity, window_on_timeout on_timeout,
	window_may_wait may_wait, void *user);
void window_free(struct window *window); /* forgets what is outstanding without a call */

/* Notes a request and gives its sequence number. ERR_LIMIT when the window is full. */
int window_open(struct window *window, uint32_t command, uint64_t cookie, uint64_t order,
	int64_t timeout_ms, uint32_t *sequence) MUST_CHECK;
/* NULL: nothing waits under that number. Valid until the window is touched. */
const struct request *window_find(const struct window *window, uint32_t sequence);
/* A response (or generic_nack) came: takes its request out. ERR_NOT_FOUND: nothing waits under
 * that number. */
int window_close(struct window *window, uint32_t sequence, struct request *out) MUST_CHECK;
/* Takes the oldest request out, ERR_NOT_FOUND when there is none: for a disconnect. */
int window_take(struct window *window, struct request *out) MUST_CHECK;

size_t window_count(const struct window *window); /* messages outstanding */
size_t window_room(const struct window *window); /* messages that may still be opened */
size_t window_total(const struct window *window); /* all requests outstanding */
/* For tests and for a new session: the next number that window_open gives. */
void window_set_next(struct window *window, uint32_t sequence);

#endif
