/* Talking to kabard over its control socket, without waiting: one connection per command, a few at
 * a time, the others in a queue. */
#ifndef WEB_KABARD_H
#define WEB_KABARD_H

#include <jansson.h>

struct event_base;
struct kabard;

struct kabard *kabard_new(struct event_base *base, const char *path);
void kabard_free(struct kabard *kabard);

/* A deed; fields is stolen. answered NULL: nobody waits for it. */
void kabard_do(struct kabard *kabard, json_t *fields,
	void (*answered)(void *context, const char *answer), void *context);
/* Any command ("status"). answer NULL: none came within 10 s. */
void kabard_ask(struct kabard *kabard, const char *command,
	void (*answered)(void *context, const char *answer), void *context);

#endif
