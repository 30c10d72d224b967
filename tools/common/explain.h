/* What became of a message, step by step: octets, text, reading, reports with their versions,
 * replies and their delivery. */
#ifndef TOOLS_EXPLAIN_H
#define TOOLS_EXPLAIN_H

#include "tools/common/ctl_world.h"

#define EXPLAIN_MESSAGES 10 /* of a number: the newest */

/* Print to stdout. ERR_NOT_FOUND: nothing is known of it. */
int explain_ref(struct ctl_world *world, const char *ref) MUST_CHECK;
int explain_phone(struct ctl_world *world, const char *phone) MUST_CHECK;

#endif
