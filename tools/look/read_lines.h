/* The work of `kabarctl read`: lines of stdin to JSON readings on stdout, each read as if alone. */
#ifndef TOOLS_READ_LINES_H
#define TOOLS_READ_LINES_H

#include <stdint.h>

#include "tools/common/ctl.h"

struct read_request {
	const char *from; /* sender of all lines; NULL: each begins with a number and a tab */
	int64_t now; /* UTC seconds */
	bool explain; /* print why as well */
};

/* The exit status; what is wrong is said on stderr. */
int read_lines(const struct ctl *ctl, const struct read_request *request);

#endif
