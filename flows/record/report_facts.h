/* What a report needs from the store before it is judged as told. */
#ifndef FLOWS_REPORT_FACTS_H
#define FLOWS_REPORT_FACTS_H

#include "flows/record/record.h"

/* Questions that need the store: the month on the first days (not of a correction), S that jumps. */
int report_facts(struct turn *turn, struct record *record, bool correcting) MUST_CHECK;
/* One more question, before what is missing. */
void record_ask(struct record *record, const struct problem *problem);

#endif
