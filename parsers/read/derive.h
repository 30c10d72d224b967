/* Inside the reader: values that follow from what was told. */
#ifndef PARSERS_DERIVE_H
#define PARSERS_DERIVE_H

#include "parsers/form/report.h"
#include "parsers/number/date.h"
#include "parsers/text/util.h"

/* Groups of patterns, computed fields, derived ones; before anything is checked. */
void derive_values(struct arena *arena, struct date today, struct report *report);
/* What rests on notes, and the rows again; helpers ("_name") go. */
void derive_late(struct arena *arena, struct date today, struct report *report);

#endif
