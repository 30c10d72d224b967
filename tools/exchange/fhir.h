/* Indicators as a FHIR R4 Bundle of MeasureReports, marked as a draft. */
#ifndef TOOLS_EXCHANGE_FHIR_H
#define TOOLS_EXCHANGE_FHIR_H

#include <jansson.h>

#include "tools/common/ctl_world.h"
#include "tools/exchange/mapping.h"

/* One report per measure of the mapping and unit of its level, of the whole period. *out: a new
 * reference. */
int fhir_bundle(struct ctl_world *world, const struct mapping *mapping, struct period period,
	json_t **out) MUST_CHECK;

#endif
