/* What narrows a question: what is denied, and numbers that limit (question_filter.c). */
#ifndef PARSERS_QUESTION_FILTER_H
#define PARSERS_QUESTION_FILTER_H

#include "parsers/question/question.h"

/* Is what is counted at word i denied in front of it, "blm", "non"? */
bool question_denied(struct question *question, size_t i, size_t length);
void question_settle_denied(struct question *question);
/* "hb < 11", "di bawah 80%" */
void question_limits(struct question *question);
/* "< 11", "kurang dari 11", "minimal 11" in front of the number at n: "<", ">=", and where it
 * begins; NULL. The same of a word of the classes [ambang]. */
const char *question_compares(const struct words *words, size_t n, size_t *first);
const char *question_limit_op(const char *side);
/* 23,5 and what follows of it: how many words; 0: no number. */
size_t question_decimal(const struct words *words, size_t n, double *value);
/* The unit of an age behind a number; "20 th ini" tells a time instead. NULL: none. */
const char *question_age_unit(const struct words *words, size_t i, size_t *length);
bool question_percent_at(const struct words *words, size_t i); /* a sign of percent behind it */
size_t question_range_end(const struct words *words, size_t n); /* "20-35": the second number; 0 */
/* Whether those above it are none of those under a limit, of limits "umur<20 and ...". */
bool question_excluded(const char *limits, const char *field, const char *above);

#endif
