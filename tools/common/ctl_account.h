/* A command in the name of an account of the web front, with the rights of its role. */
#ifndef TOOLS_CTL_ACCOUNT_H
#define TOOLS_CTL_ACCOUNT_H

#include "flows/turn/turn.h"
#include "tools/common/ctl_world.h"

/* A turn in which the account speaks. Its password is the first line of the file, of standard input
 * when there is none. NULL: what is wrong was printed. */
struct turn *ctl_account(
	struct ctl_world *world, const char *name, const char *password_file) MUST_CHECK;

#endif
