/* What a command about messages and reports needs: configuration, store, places, and a flow over
 * them. */
#ifndef TOOLS_CTL_WORLD_H
#define TOOLS_CTL_WORLD_H

#include "flows/flow.h"
#include "gateway/config/config_load.h"
#include "store/base/store.h"
#include "tools/common/ctl.h"

struct ctl_world {
	struct config *config;
	struct store *store;
	struct gazetteer *places;
	struct arena *arena; /* = flow.arena */
	struct flow flow;    /* now: the wall clock at opening */
	const char *command;
};

/* Prints what is wrong to stderr as "kabarctl COMMAND: …". ctl_world_close() is due either way. */
int ctl_world_open(struct ctl_world *world, const struct ctl *ctl, const char *command,
	bool read_only) MUST_CHECK;
void ctl_world_close(struct ctl_world *world);

/* The exit status of a command: prints the store's error, if there is one. */
int ctl_world_status(const struct ctl_world *world, int error);

/* An audit row in the name of whoever runs kabarctl. */
int ctl_audit(struct ctl_world *world, const char *action, const char *subject,
	const char *old_value, const char *new_value) MUST_CHECK;
/* "2024-08-15 10:00" in the gateway's time zone. */
const char *ctl_time(struct ctl_world *world, int64_t utc);
/* Prints on one line: control characters become spaces. NULL prints as "-". */
void ctl_print_flat(const char *text);

#endif
