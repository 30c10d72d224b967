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

/* Of a text only which words it may have: enough to say that another one surely does not stand in it.
 */
struct overlap_sketch {
	uint64_t words; /* a set of hashes */
	uint32_t letters;
};
struct overlap_words;
struct overlap_words *overlap_cut(struct arena *arena, const char *folded);
struct overlap_sketch overlap_sketch(const char *folded);
size_t overlap_letters(const struct overlap_words *words);
/* No run that the cut text shares with the other one has more letters. */
size_t overlap_most(const struct overlap_words *words, const struct overlap_sketch *other);

#endif
