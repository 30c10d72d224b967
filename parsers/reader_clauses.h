/* Inside the reader: the clauses of a question. The model stands in parsers/reader_clauses.c. */
#ifndef PARSERS_READER_CLAUSES_H
#define PARSERS_READER_CLAUSES_H

#include "parsers/intent/intent_words.h"

#define CLAUSES 5 /* more are talk */

struct clause {
	const char *text;
	const char *counted, *place, *period; /* as written; NULL: not told */
	bool talk; /* nothing of it is asked */
	bool number; /* a number is asked for */
	bool asks; /* by a word, or as a command */
	bool explains; /* what something is: no place or time of another one belongs to it */
	bool same; /* "bandingkan juni": nothing but of which time or place the same is asked */
	const char *left; /* of talk what is more than courtesy */
	size_t nleft;
};

/* Of the reading of one what others are compared with. */
struct clause_answer {
	enum intent intent;
	const char *topic;
	struct asked query;
	const char *text;
	const struct clause *of; /* which it answers */
};

struct clauses {
	const struct intent_call *call;
	struct reading *first, *room; /* the first answer; one more reading */
	struct clause list[CLAUSES];
	size_t count, content;
	bool numbered; /* "1. ... 2. ..." */
	const char *left;
	size_t nleft;
	bool unanswered; /* one that is no talk ... */
	bool lost;       /* ... and that told what is counted: what follows may be of it */
	struct clause_answer answers[CLAUSES];
	size_t nanswer;
};

/* reader_cut.c: cuts the call's text; false: it is one clause, or too many. */
bool clauses_cut(struct clauses *clauses);
/* What a clause is; closely: also what it tells, which is dear. */
void clause_look(const struct intent_call *call, struct clause *clause, bool closely);
/* The words of a clause that are more than courtesy. */
void clause_leave(struct clause *clause, struct words *words);
/* One text and another behind it; NULL: none. */
const char *clause_join(struct arena *arena, const char *text, const char *more);

#endif
