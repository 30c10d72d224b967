/* Answers to "told already": BEDA, GANTI, YA and TIDAK to "ganti?". */
#ifndef FLOWS_ANSWER_LINKED_H
#define FLOWS_ANSWER_LINKED_H

#include "flows/record/pending.h"
#include "flows/record/record.h"

/* Another event than the one it was linked with. */
int answer_different(struct turn *turn, const struct pending *pending) MUST_CHECK;
/* The new telling instead of the old one; or (yes false) the old one stays. */
int answer_replace(struct turn *turn, const struct pending *pending, bool yes) MUST_CHECK;
/* The same for an approval: report `by` instead of `old`. */
int answer_replace_do(struct turn *turn, struct record *old, int64_t by) MUST_CHECK;

#endif
