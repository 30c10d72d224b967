/* Inside the reader: amounts that are told as no sure ones. "kira2 3 kg" is taken and noted, "hampir
 * 3 kg", "3 kg lebih", "2,8 atau 2,9" and "2800-2900" are asked. */
#ifndef PARSERS_HEDGE_H
#define PARSERS_HEDGE_H

#include "parsers/parse/parse.h"

/* The end of a hedge that stands in front of a number; 0: none. */
size_t hedge_before(const struct parse *parse, size_t at);
/* "balita 12-59 bln 28", "lansia 60 th 4": whom a key counts; behind it stands the count. The token
 * behind the ages, at: none. */
size_t ages_behind(const struct parse *parse, size_t at);
/* The number belongs to the word in front: "hb 10", "anak ke 3" (field.c). */
bool number_owned(const struct parse *parse, size_t at);
/* A day of another event: "lahir 11/8" in a report of a death. */
bool other_day(const struct parse *parse, size_t at);
/* Words that own a day of another event, of the birth in a report of a death, end in front of a
 * token: "lahir", "tgl lahir", "lahir tgl". */
bool day_owner_ends(const struct parse *parse, size_t end);
/* Looks at all number candidates of the report. */
void hedges_apply(struct parse *parse);

#endif
