/* What commands print with --json: one value on one line of standard output. */
#ifndef TOOLS_CTL_JSON_H
#define TOOLS_CTL_JSON_H

#include <jansson.h>
#include <stdbool.h>

/* Takes the reference. 0, or 1 when it could not be written. */
int ctl_json_print(json_t *value);
json_t *ctl_json_text(const char *text); /* NULL or what is no UTF-8: null */

#endif
