/* The place that a call for help names. */
#ifndef PARSERS_CRY_PLACE_H
#define PARSERS_CRY_PLACE_H

#include "parsers/intent/intent_words.h"

/* What belongs to it is marked as used; NULL: none is named. */
const struct area *emergency_place(struct words *words);

#endif
