/* Passwords are proven in a thread of their own: argon2id takes a tenth of a second, and pages must
 * not wait for it. */
#ifndef WEB_PASSWORDS_H
#define WEB_PASSWORDS_H

#include "parsers/text/util.h"

struct event_base;
struct passwords;

struct passwords *passwords_new(struct event_base *base);
void passwords_free(struct passwords *passwords);
/* hash NULL: no such account; takes as long, and is wrong. ERR_LIMIT: too many wait. The answer
 * comes later, in the loop. */
int passwords_prove(struct passwords *passwords, const char *hash, const char *password,
	void (*proven)(void *context, bool right), void *context) MUST_CHECK;

#endif
