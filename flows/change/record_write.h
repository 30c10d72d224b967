/* Writing a report: its row, its versions, its audit row and its counts move together. For the files
 * of this room only; a flow says what it wants (change.h). */
#ifndef FLOWS_RECORD_WRITE_H
#define FLOWS_RECORD_WRITE_H

#include "flows/record/record.h"

/* The status that follows from everything else; `ended` accepted: it has not ended. */
void record_settle(struct record *record, enum report_status ended);
/* Version 1 with a new reference. */
int record_put(const struct turn *turn, struct record *record) MUST_CHECK;
/* A new version; `before` is what is stored now. The audit row names action ("answer", "correct",
 * "cancel" …). */
int record_revise(const struct turn *turn, const struct record *before, struct record *after,
	const char *action) MUST_CHECK;

#endif
