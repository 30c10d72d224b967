/* Inside the reading of where a question asks: one place that says which of another is meant. */
#ifndef PARSERS_QUESTION_INSIDE_H
#define PARSERS_QUESTION_INSIDE_H

#include "parsers/question/question.h"

/* "karangan ds karangan": one place inside another, the larger first; NULL. */
const char *question_desa_inside(const struct intent_call *call, const char *name);
/* "sawahan d/s juli, yg watulimo": of several of one name that inside the other place; NULL. */
const char *question_settled_by(const struct question *question);

#endif
