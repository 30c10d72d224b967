/* The Unix socket on which kabarctl talks to a running kabard: one command per line.
 *
 *     status   one line of JSON, then the connection ends
 *     reload   "ok", or the errors as text, then the connection ends
 *     tail     log lines as they come, until the other side has enough
 *
 * Whoever may open the socket may ask: its mode is 0660. */
#ifndef GATEWAY_CONTROL_H
#define GATEWAY_CONTROL_H

#include "gateway/ini/config_file.h"

struct control;
struct gateway;

/* Logs what is wrong. ERR_SYSTEM; ERR_EXISTS: another kabard listens there. */
int control_start(struct control **out, struct gateway *gateway,
	int (*reload)(struct gateway *gateway, const char *who,
		struct config_errors *errors),
	const char *path) MUST_CHECK;
void control_stop(struct control *control); /* NULL is fine */

#endif
