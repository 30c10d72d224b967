/* What one thread needs while it reads: room for tokens and candidates, and the step counter. */
#ifndef PARSERS_SCRATCH_H
#define PARSERS_SCRATCH_H

#include "parsers/field/parse.h"

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

/* What taking a candidate does to a partial reading. */
struct move {
	unsigned long bit; /* of the field, or the further child's field, that it fills */
	unsigned long elder; /* the field of the child before, which has to be there; 0: none */
	unsigned long print; /* of field and value */
	unsigned short last; /* the token behind it */
	short worth;
	short next; /* candidate that begins at the same token, -1 */
	signed char order; /* of its field */
	bool placed; /* worth more in its place in the order */
	bool again; /* may fill a field once more */
};

/* The last places that were looked up; see place_memo.h. */
#define MEMOS_MAX 16
struct place_memo {
	char name[64];
	const struct area *within;
	int rc;
	bool posyandu;
	union {
		struct area_matches areas;
		struct posyandu_matches units;
	};
};
struct place_memos {
	struct place_memo list[MEMOS_MAX];
	size_t count; /* ever; 0 in front of each message */
};

struct scratch {
	struct token tokens[TOKENS_ROOM];
	struct candidate candidates[CANDIDATES_MAX];
	struct candidate overflow; /* takes what no longer fits */
	short by_token[TOKENS_MAX + 1]; /* first candidate that begins at a token, -1 */
	struct move moves[CANDIDATES_MAX];
	struct beam_state beam[TOKENS_MAX + 1][BEAM];
	unsigned char nbeam[TOKENS_MAX + 1];
	/* what is not worth more need not apply: a beam is full, or the best is out of reach */
	int floor[TOKENS_MAX + 1];
	int hope[TOKENS_MAX + 1]; /* the most that the tokens from here on may be worth */
	int skip[TOKENS_MAX]; /* what a token is worth that nothing explains */
	unsigned width; /* states kept at a token */
	struct place_memos places;
	struct parse parse;
	size_t steps;
};

#endif
