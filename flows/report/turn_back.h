/* A stillbirth that turns out alive. */
#ifndef FLOWS_TURN_BACK_H
#define FLOWS_TURN_BACK_H

#include "flows/record/record.h"

/* A field that the report's form lacks, of the form that becomes it ("luaran" of a birth): from now
 * on the report is of that form, with what it told when it was one. ERR_NOT_FOUND: no such form. */
int turn_back(const struct turn *turn, struct record *record, const char *field) MUST_CHECK;

#endif
