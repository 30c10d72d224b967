/* The store that kabar.conf names, for commands that work on it beside a running gateway. */
#ifndef TOOLS_CTL_STORE_H
#define TOOLS_CTL_STORE_H

#include "store/store.h"
#include "tools/ctl/ctl.h"

/* Prints what is wrong to stderr as "kabarctl COMMAND: …". Free with store_close(). */
int ctl_store_open(
	const struct ctl *ctl, const char *command, bool read_only, struct store **out) MUST_CHECK;
const char *ctl_actor(struct arena *arena); /* "kabarctl:siti", who runs it */

#endif
