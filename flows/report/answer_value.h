/* A short text as the value that a waiting report asks for. */
#ifndef FLOWS_REPORT_ANSWER_VALUE_H
#define FLOWS_REPORT_ANSWER_VALUE_H

#include "flows/record/record.h"

/* Tries text as an answer to the problems of `record`: `after` is the record with the values set
 * (not yet judged). OK: it fits; ERR_NOT_FOUND: it is no such value; ERR_RANGE: it is, but cannot
 * be: *problem says why. */
int answer_value(const struct turn *turn, const struct record *record, const char *text,
	struct record *after, struct problem *problem) MUST_CHECK;
/* YA to the first problem: an offer taken, a sum affirmed. ERR_NOT_FOUND: YA is no answer to it. */
int answer_yes(
	const struct turn *turn, const struct record *record, struct record *after) MUST_CHECK;
/* A field that takes a yes or a no is doubted: YA and TIDAK are its value, whatever it seemed. */
bool answer_doubted(const struct record *record, const struct problem *asked);
/* That value, for good. A session that was not held has no counts. */
void answer_decide(
	const struct turn *turn, const struct problem *asked, bool yes, struct record *after);
/* The problem that was asked first: questions before what is missing. NULL: none. */
const struct problem *answer_asked(const struct record *record);
/* The text is a number between 1 and count; else 0. */
size_t answer_number(const char *text, size_t count);

#endif
