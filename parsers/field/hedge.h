/* Inside the reader: amounts that are told as no sure ones. "kira2 3 kg" is taken and noted, "hampir
 * 3 kg", "3 kg lebih", "2,8 atau 2,9" and "2800-2900" are asked. */
#ifndef PARSERS_HEDGE_H
#define PARSERS_HEDGE_H

#include "parsers/field/parse.h"

/* The end of a hedge that stands in front of a number; 0: none. */
size_t hedge_before(const struct parse *parse, size_t at);
/* Looks at all number candidates of the report. */
void hedges_apply(struct parse *parse);

#endif
