/* Inside the reader: two who died, told in one: "ibu dan bayinya meninggal", "MATI BU SARMI SAMA
 * BAYINYA 12/8 RS". Each is a death of its own, with all that is told around the two; who is named
 * names the other, for they are mother and child. */
#ifndef PARSERS_READER_TWO_H
#define PARSERS_READER_TWO_H

#include "parsers/intent/intent_call.h"

/* The same text of each alone, a child's first; NULL: no two are told. */
struct two_dead {
	const char *texts[2];
	bool mother; /* the second tells of the mother of the first */
};

/* Finds them, in front of the reading, which changes the tokens. */
struct two_dead two_dead_find(const struct intent_call *call, size_t count);
/* A death was read: reads one text and the other in its place, where both tell one. False: out is as
 * it was. */
bool read_two_dead(
	const struct intent_call *call, const struct two_dead *two, struct reading *out);

#endif
