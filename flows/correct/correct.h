/* Corrections: new values on a stored report, old → new told. */
#ifndef FLOWS_CORRECT_CORRECT_H
#define FLOWS_CORRECT_CORRECT_H

#include <jansson.h>

#include "flows/record/pending.h"
#include "flows/record/record.h"

/* A correction that was granted: canonical texts by field. *done false: it cannot be made as the
 * report is now, and the answer says why. */
int correct_apply(struct turn *turn, const struct record *record, json_t *changes,
	bool *done) MUST_CHECK;
/* The answer to what a correction asked: it is made whole and done. */
int correct_answer(struct turn *turn, const struct pending *pending, const char *text,
	bool *done) MUST_CHECK;
int correct_yes_no(struct turn *turn, const struct pending *pending, bool yes) MUST_CHECK;

#endif
