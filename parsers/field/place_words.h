/* Inside the recognisers of places: words and codes that name one, and whose it is. */
#ifndef PARSERS_PLACE_WORDS_H
#define PARSERS_PLACE_WORDS_H

#include "parsers/field/field.h"

#define PLACE_TOKENS 4
#define EXACT_STEPS  10 /* of one exact look-up */

bool in_scope(const struct sender *sender, const struct area *area);
const struct area *kabupaten_of(const struct area *area);
/* A code of digits and dots, 35.03.01.2004.001: the token behind it. */
size_t code_text(const struct parse *parse, size_t at, char out[64]);
/* No number, and no word of a report. */
bool meaningless(const struct parse *parse, size_t i);
/* "MELATI NGLEBENG", "mawar ds besuki": the desa behind a posyandu's name; its end, 0: none. */
size_t desa_behind(
	const struct parse *parse, size_t at, size_t last, struct area_matches *found);

#endif
