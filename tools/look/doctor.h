/* What kabarctl doctor looks at. Each check says lines: how it is, and what to do about it. */
#ifndef TOOLS_DOCTOR_H
#define TOOLS_DOCTOR_H

#include <jansson.h>

#include "gateway/config/config_load.h"
#include "tools/common/ctl.h"

enum doctor_level { DOCTOR_OK, DOCTOR_WARN, DOCTOR_FAIL };

struct doctor {
	const struct ctl *ctl;
	const struct config *config; /* NULL: it has errors */
	json_t *status; /* of the running kabard; NULL: none answers */
	json_t *rows; /* with --json; NULL: lines are printed */
	size_t count[3]; /* by level */
};

/* remedy: NULL with DOCTOR_OK. */
void doctor_say(struct doctor *doctor, enum doctor_level level, const char *subject,
	const char *remedy, const char *format, ...) PRINTF(5, 6);

/* doctor_machine.c: this machine, whether kabard runs or not. */
void doctor_rights(struct doctor *doctor);
void doctor_disk(struct doctor *doctor);
void doctor_clock(struct doctor *doctor);
void doctor_store(struct doctor *doctor);
void doctor_certificates(struct doctor *doctor);

/* doctor_gateway.c: the running kabard and its operators. */
void doctor_gateway(struct doctor *doctor);
void doctor_links(struct doctor *doctor);

#endif
