/* The search for the best set of candidates: partial readings, and what taking one more does. */
#ifndef PARSERS_BEAM_H
#define PARSERS_BEAM_H

#include <stdbool.h>

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
	bool placed; /* worth more in its place in the order ... */
	bool stray; /* ... or it cannot be it: asked of the field in whose place it stands */
	bool again; /* may fill a field once more */
};

#endif
