/* One text that several waiting reports take: all children of one delivery do, or the one that it
 * names; else it is asked for which one it is. */
#ifndef FLOWS_ANSWER_ANSWER_SEVERAL_H
#define FLOWS_ANSWER_ANSWER_SEVERAL_H

#include "flows/record/record.h"

/* records: at least two, the newest first. */
int answer_several(struct turn *turn, struct record *records, size_t count, const char *text)
	MUST_CHECK;
/* The text as the answer to what report id asks. */
int answer_apply(struct turn *turn, int64_t id, const char *text) MUST_CHECK;

/* A numbered list: which of them is it for? */
int answer_which(struct turn *turn, const struct record *records, size_t count,
	const char *text) MUST_CHECK;

#endif
