/* kabarctl: one command per file, one row per command in kabarctl.c. */
#ifndef TOOLS_CTL_H
#define TOOLS_CTL_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

/* What every command gets. argv[0] is the command's own name; options are parsed with getopt_long.
 */
struct ctl {
	const char *config_path; /* -c FILE, or the installed default */
};

struct ctl_command {
	const char *name;
	/* the exit status: 0 good, 1 failed, 2 usage */
	int (*run)(struct ctl *ctl, int argc, char **argv);
	const char *usage; /* after "kabarctl [-c FILE] " */
	const char *help; /* one line */
};

/* Prints "kabarctl NAME: text" to stderr and returns 2. */
int ctl_usage_error(const char *command, const char *format, ...) PRINTF(2, 3);

#endif
