/* A value that nobody can know yet when a report is told (`later` of its form): asked of its teller
 * some hours after. */
#ifndef FLOWS_REMIND_LATER_H
#define FLOWS_REMIND_LATER_H

#include "flows/record/record.h"
#include "store/message/deadline.h"

/* before NULL: a new report. */
int later_see(const struct turn *turn, const struct record *before,
	const struct record *after) MUST_CHECK;
int later_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;

/* Asks its teller for a field of a report that counts, in these words: his next short answer corrects it. */
typedef const char *later_words(
	const struct reply_context *reply, const struct report *report, const void *what);
int later_ask(const struct turn *turn, const struct record *record, const char *field,
	later_words *words, const void *what) MUST_CHECK;

#endif
