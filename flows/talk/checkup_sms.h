/* CEK SEHAT by SMS: which questionnaire, and each answer to it. */
#ifndef FLOWS_CHECKUP_SMS_H
#define FLOWS_CHECKUP_SMS_H

#include "flows/record/pending.h"

#define PENDING_CHECKUP "checkup"

/* Is the newest open question one of a questionnaire? Then the message may be its answer. */
int checkup_answer(struct turn *turn, const struct pending *newest, bool alone, bool *done) MUST_CHECK;
/* Whoever is not registered and says something else hears its question again; *done: one is open. */
int checkup_ask_again(struct turn *turn, bool *done) MUST_CHECK;
/* Its question was asked behind whatever else this message opened: it is the newest. */
int checkup_asked_last(struct turn *turn) MUST_CHECK;

#endif
