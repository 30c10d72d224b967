/* Remembers across deaths of the process which message was being handled: a small mapped file
 * beside the database.
 *
 * A few writes to memory per message, no system call; the kernel keeps the page when the process
 * dies. A process that was killed (kill -9, no power) blames nobody but the message itself, and that
 * less: it may have been there by chance.
 */
#ifndef GATEWAY_CRASH_H
#define GATEWAY_CRASH_H

#include "store/message/inbound.h"

struct crash;

/* Opens or creates the file. A message that was in progress when the last process died is blamed
 * for it. A file that cannot be understood starts anew. ERR_SYSTEM;
 * ERR_EXISTS: another gateway has it. */
int crash_open(struct crash **out, const char *path) MUST_CHECK;
void crash_close(struct crash *crash);

/* The calling thread works on messages: a fatal signal in it is blamed on the one in progress, and
 * on no message when it came in another thread. What another process sends (kill, the watchdog of who
 * is stuck) is like a kill -9. lane: one for each such thread, below 16. */
void crash_watch(struct crash *crash, unsigned lane);

/* This message is in progress. phone: who sent it, "" for what no phone sent. */
void crash_enter(
	struct crash *crash, const unsigned char digest[DIGEST_SIZE], const char *phone);
void crash_holding(struct crash *crash); /* ... and it is only kept, not read */
void crash_leave(struct crash *crash); /* it is not in progress any more */
/* In progress at a death / the cause, not to be tried again: two deaths by a signal, three kills. */
bool crash_suspected(const struct crash *crash, const unsigned char digest[DIGEST_SIZE]);
bool crash_guilty(const struct crash *crash, const unsigned char digest[DIGEST_SIZE]);
void crash_forget(
	struct crash *crash, const unsigned char digest[DIGEST_SIZE]); /* its outcome is durable */

/* Whose messages are kept unread because of deaths by a fatal signal:
 *     a phone     two deaths of its own within an hour; until an hour after the second
 *     strangers   three deaths within ten minutes, of whatever cause; until an hour without one
 *     all         six deaths within an hour; until an hour without one
 * bare: even the keeping killed: octets only, nobody is answered. Times are UTC. Any thread. */
struct crash_holds {
	unsigned deaths; /* within the hour */
	size_t phones; /* kept unread */
	int64_t phones_until, strangers_until, all_until; /* 0: not so */
	bool bare;
	char phone[24]; /* the last one that is kept unread */
};
void crash_holds(const struct crash *crash, int64_t now, struct crash_holds *out);
bool crash_holds_phone(const struct crash *crash, int64_t now, const char *phone);
/* Something is kept unread that was not told to the operator: once for each death. */
bool crash_untold(const struct crash *crash, int64_t now);
void crash_told(struct crash *crash);

/* How far the store had come when the last message was acknowledged: what a store that is older
 * than that has lost. */
void crash_acknowledge(struct crash *crash, int64_t inbound);
int64_t crash_acknowledged(const struct crash *crash);
/* From now on it had come so far. ERR_EXISTS: a gateway runs. */
int crash_accept(const char *path, int64_t inbound) MUST_CHECK;

#endif
