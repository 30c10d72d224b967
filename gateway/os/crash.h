/* Remembers across deaths of the process which message was being handled: a small mapped file
 * beside the database.
 *
 * Two writes to memory per message, no system call; the kernel keeps the page when the process
 * dies.
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

void crash_enter(struct crash *crash,
	const unsigned char digest[DIGEST_SIZE]); /* this message is in progress */
void crash_leave(struct crash *crash); /* it is not any more */
unsigned crash_deaths(const struct crash *crash, const unsigned char digest[DIGEST_SIZE]);
void crash_forget(
	struct crash *crash, const unsigned char digest[DIGEST_SIZE]); /* its outcome is durable */

/* How far the store had come when the last message was acknowledged: what a store that is older
 * than that has lost. */
void crash_acknowledge(struct crash *crash, int64_t inbound);
int64_t crash_acknowledged(const struct crash *crash);
/* From now on it had come so far. ERR_EXISTS: a gateway runs. */
int crash_accept(const char *path, int64_t inbound) MUST_CHECK;

#endif
