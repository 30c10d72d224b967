/* Answers to "told already": BEDA, GANTI, YA and TIDAK to "ganti?". */
#ifndef FLOWS_CORRECT_REPLACE_H
#define FLOWS_CORRECT_REPLACE_H

#include "flows/record/pending.h"
#include "flows/record/record.h"

/* Another event than the one it was linked with. */
int replace_not(struct turn *turn, const struct pending *pending) MUST_CHECK;
/* The new telling instead of the old one; or (yes false) the old one stays. */
int replace_answer(struct turn *turn, const struct pending *pending, bool yes) MUST_CHECK;
/* The same for an approval: report `by` instead of `old`. */
int replace_do(struct turn *turn, struct record *old, int64_t by) MUST_CHECK;
/* Asked once more, with what both say now; *done false: it is over, or not to be shown. */
int replace_again(struct turn *turn, const struct pending *pending, bool *done) MUST_CHECK;

#endif
