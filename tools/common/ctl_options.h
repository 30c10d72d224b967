/* Long options of a command as data: --name VALUE into a string, --name into a flag. */
#ifndef TOOLS_CTL_OPTIONS_H
#define TOOLS_CTL_OPTIONS_H

#include <stdbool.h>

struct ctl_option {
	const char *name;
	const char **value; /* one of the two */
	bool *flag;
};

/* Moves the operands behind the options; the index of the first operand, or -1 when getopt has said
 * what is wrong. The table ends with a row without name; at most 16 rows. */
int ctl_options(int argc, char **argv, const struct ctl_option *options);

#endif
