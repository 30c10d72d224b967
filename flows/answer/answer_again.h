/* Questions about an earlier message: which report, which place, which posyandu was meant. */
#ifndef FLOWS_ANSWER_ANSWER_AGAIN_H
#define FLOWS_ANSWER_ANSWER_AGAIN_H

#include "flows/record/pending.h"

/* The earlier message again, with the chosen value in its slot; number: of the options, from 1. */
int answer_again(struct turn *turn, const struct pending *pending, size_t number) MUST_CHECK;
/* YA to the only place that was offered; TIDAK (refuse_place): it is another one. */
bool offers_place(const struct pending *pending);
int refuse_place(struct turn *turn, const struct pending *pending) MUST_CHECK;

#endif
