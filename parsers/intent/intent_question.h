/* Inside questions: what is asked for, as it is gathered from the words. */
#ifndef PARSERS_INTENT_QUESTION_H
#define PARSERS_INTENT_QUESTION_H

#include "parsers/intent/intent_words.h"

enum head { HEAD_NONE, HEAD_STRONG, HEAD_ASKS, HEAD_ORDERS };

#define INDICATORS 8

struct question {
	struct words *words;
	enum head head;
	bool asks_who;                      /* for people, not for a number */
	const char *indicators[INDICATORS]; /* what is counted; [0] NULL: nothing */
	size_t nindicator;
	const char *form; /* whose gaps are asked */
	const char *kind; /* of a disease: its code */
	const char *by;
	const char *unit;           /* "berapa desa": what is counted is of that level */
	bool period_told, at_place; /* "di panggul" */
	struct period period;
};

/* Marks the words of what is counted and by which places. */
void question_indicators(struct question *question);

#endif
