/* Cancelling a report: asked first, then done; a death is undone only by a verifier. */
#ifndef FLOWS_CORRECT_CANCEL_H
#define FLOWS_CORRECT_CANCEL_H

#include "flows/record/pending.h"
#include "flows/record/record.h"

/* The deed itself, without asking. */
int cancel_do(struct turn *turn, const struct record *record) MUST_CHECK;
/* Asked once more, by how the report is now; *done false: it is over. */
int cancel_again(struct turn *turn, const struct pending *pending, bool *done) MUST_CHECK;
int cancel_answer(struct turn *turn, const struct pending *pending, bool yes) MUST_CHECK;

#endif
