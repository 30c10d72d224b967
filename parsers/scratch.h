/* What one thread needs while it reads: room for tokens and candidates, and the step counter. */
#ifndef PARSERS_SCRATCH_H
#define PARSERS_SCRATCH_H

#include "parsers/parse.h"

#define BEAM 12 /* partial readings kept at one place of the text */

/* A partial reading: what was chosen up to a token. */
struct beam_state {
	unsigned long used; /* fields and twins' fields, one bit each */
	unsigned long print; /* of the values, whatever their order */
	short worth;
	short order; /* position of the last field in the form's order */
	short candidate; /* taken last; -1: the token was skipped */
	short from; /* state at the candidate's start */
	unsigned short at; /* the token where that one stands */
};

struct scratch {
	struct token tokens[TOKENS_MAX];
	struct candidate candidates[CANDIDATES_MAX];
	struct candidate overflow; /* takes what no longer fits */
	/* first candidate that begins at a token, in next_at order */
	short by_token[TOKENS_MAX + 1];
	short next_at[CANDIDATES_MAX];
	/* of the field, or the further child's field, that a candidate fills */
	unsigned long bits[CANDIDATES_MAX];
	/* the field of the child before, which has to be there; 0: none */
	unsigned long elder[CANDIDATES_MAX];
	struct beam_state beam[TOKENS_MAX + 1][BEAM];
	unsigned char nbeam[TOKENS_MAX + 1];
	/* the least worth in a full beam; what is below need not apply */
	short floor[TOKENS_MAX + 1];
	struct parse parse;
	size_t steps;
};

#endif
