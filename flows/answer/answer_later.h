/* Answers to what is asked of a report that counts already: the outcome of a referral. */
#ifndef FLOWS_ANSWER_ANSWER_LATER_H
#define FLOWS_ANSWER_ANSWER_LATER_H

#include "flows/record/pending.h"

/* The newest question is for such a value, or completes another correction: the text is its answer;
 * where several reports are asked the same, it is asked which. *done false: it is none. */
int answer_later(struct turn *turn, const struct pendings *pendings, const char *text,
	bool *done) MUST_CHECK;

#endif
