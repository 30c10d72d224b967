/* What became of a message, step by step: octets, text, reading, reports with their versions,
 * replies and their delivery. */
#ifndef TOOLS_EXPLAIN_H
#define TOOLS_EXPLAIN_H

#include <jansson.h>

#include "tools/common/ctl_world.h"

#define EXPLAIN_MESSAGES 10 /* of a number: the newest */

/* Print to stdout. ERR_NOT_FOUND: nothing is known of it. */
int explain_ref(struct ctl_world *world, const char *ref) MUST_CHECK;
int explain_phone(struct ctl_world *world, const char *phone) MUST_CHECK;

/* The same as objects in a list: octets, text, reading, reports with their versions, what was sent. */
int explain_json_ref(struct ctl_world *world, const char *ref, json_t *list) MUST_CHECK;
int explain_json_phone(struct ctl_world *world, const char *phone, json_t *list) MUST_CHECK;

/* "l24080007" as "L2408-0007"; anything else in capitals as it is. */
const char *explain_ref_read(struct arena *arena, const char *text);

#endif
