/* How much of a text stands in another one, word by word: quotes, cuts and signs aside. */
#ifndef PARSERS_OVERLAP_H
#define PARSERS_OVERLAP_H

#include "parsers/text/util.h"

#define OVERLAP_WORDS 400 /* more are not looked at: ten SMS */

struct overlap {
	size_t words; /* of the longest run that both have */
	size_t letters; /* ... and its octets without signs */
	size_t first_letters, second_letters; /* of each text */
	size_t from, to; /* octets of the run in the first text */
};

/* Both folded. */
struct overlap text_overlap(const char *first, const char *second);

#endif
