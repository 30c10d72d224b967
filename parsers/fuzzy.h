/* How many slips apart two words are: bounded Damerau-Levenshtein (optimal string alignment). */
#ifndef PARSERS_FUZZY_H
#define PARSERS_FUZZY_H

#include "parsers/util.h"

#define FUZZY_MAX 64 /* longer words never match unless equal */

/* Insert, drop, change one octet, or swap two neighbours; more than limit slips give limit + 1. */
int fuzzy_distance(const char *a, size_t alen, const char *b, size_t blen, int limit);

#endif
