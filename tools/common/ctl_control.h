/* Talking to a running kabard through its control socket. */
#ifndef TOOLS_CTL_CONTROL_H
#define TOOLS_CTL_CONTROL_H

#include "tools/common/ctl.h"

/* Sends one command and gives each piece of the answer to take(). Prints what is wrong; the exit
 * status. */
int ctl_control(const struct ctl *ctl, const char *name, const char *command,
	void (*take)(const char *data, size_t length, void *context), void *context);

/* The same over a known socket, saying nothing. 0, or errno. */
int ctl_control_ask(const char *socket_path, const char *command,
	void (*take)(const char *data, size_t length, void *context), void *context);

#endif
