/* Reads the questionnaires of a directory (conf/screens/), and proves that each ends, is reachable and
 * fits one SMS. */
#ifndef GATEWAY_DATA_CHECKUP_H
#define GATEWAY_DATA_CHECKUP_H

#include "flows/checkup/checkup.h"
#include "gateway/ini/config_file.h"

/* ERR_CONFIG: what is wrong is in errors. */
int config_checkups_read(struct checkups **out, const char *directory,
	struct config_errors *errors) MUST_CHECK;

#endif
