/* What somebody who told a report may see of it: who told it from outside, or is no health worker,
 * sees his own telling and its state, not what others added. */
#ifndef FLOWS_RECORD_OWN_H
#define FLOWS_RECORD_OWN_H

#include "flows/record/record.h"

/* Whether this person told it and sees no more than that. */
bool own_alone(
	const struct turn *turn, const struct sender *sender, const struct record *record);
/* A value that others' values make: what it says now is not his to read. */
bool own_derived(const struct form *form, const char *name);
/* The report with what its teller told, before anybody else changed it; each value as it is now. */
int own_load(const struct turn *turn, const struct record *record, struct record *own) MUST_CHECK;
/* The report as the speaker may see it: itself, or his own telling. */
int own_seen(const struct turn *turn, const struct record *record,
	const struct record **seen) MUST_CHECK;

#endif
