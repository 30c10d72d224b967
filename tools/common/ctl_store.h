/* The store that kabar.conf names, for commands that work on it beside a running gateway. */
#ifndef TOOLS_CTL_STORE_H
#define TOOLS_CTL_STORE_H

#include "store/base/store.h"
#include "tools/common/ctl.h"

enum ctl_store_mode {
	CTL_WRITE, /* the store must be there */
	CTL_READ,
	CTL_CREATE /* made when there is none */
};
/* Prints what is wrong to stderr as "kabarctl COMMAND: …". Free with store_close(). */
int ctl_store_open(const struct ctl *ctl, const char *command, enum ctl_store_mode mode,
	struct store **out) MUST_CHECK;
/* Is the store a file, and a backup one too? What is wrong with kabar.conf is told by who opens it. */
bool ctl_store_is_file(const struct ctl *ctl);
/* Minutes, of the days that people see. */
int ctl_timezone(const struct ctl *ctl);
/* Another file of the same kind and key, to be read: a backup. */
int ctl_store_open_file(const struct ctl *ctl, const char *command, const char *path,
	struct store **out) MUST_CHECK;
/* The path that kabar.conf names: of the SQLite file, and of what is kept beside a store. */
int ctl_store_path(
	const struct ctl *ctl, const char *command, char *path, size_t room) MUST_CHECK;
const char *ctl_actor(struct arena *arena); /* "kabarctl:siti", who runs it */

#endif
