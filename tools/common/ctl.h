/* kabarctl: one command per file, one row per command in tools/ctl/ctl_commands.h. */
#ifndef TOOLS_CTL_H
#define TOOLS_CTL_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

/* What every command gets. argv[0] is the command's own name; options are parsed with
 * ctl_options(). */
struct ctl {
	const char *config_path; /* -c FILE, or the installed default */
};

struct ctl_command {
	const char *name;
	/* the exit status: 0 good, 1 failed, 2 usage */
	int (*run)(struct ctl *ctl, int argc, char **argv);
	const char *usage; /* after "kabarctl [-c FILE] "; ctl_usage.h says how it is read */
	const char *help; /* one line */
};

/* All commands, in their order: for what is made from the table. */
const struct ctl_command *ctl_command_at(size_t index); /* NULL after the last */

/* Prints "kabarctl NAME: text" to stderr and returns 2. */
int ctl_usage_error(const char *command, const char *format, ...) PRINTF(2, 3);

#endif
