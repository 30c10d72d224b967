/* May this user open, or make, the file of a store? Told before a database would call it an I/O
 * error. */
#ifndef STORE_RIGHTS_H
#define STORE_RIGHTS_H

#include "parsers/text/util.h"
#include "store/driver/store_options.h"

/* OK; ERR_DENIED, ERR_NOT_FOUND: detail (room DETAIL_SIZE) says of what. */
int rights_check(const struct store_options *options, char *detail) MUST_CHECK;

#endif
