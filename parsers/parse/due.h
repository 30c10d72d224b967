/* Inside the reader: where a name is due that neither a title nor a key goes with. */
#ifndef PARSERS_DUE_H
#define PARSERS_DUE_H

#include "parsers/parse/parse.h"

/* A date, a place or a posyandu, or the choice that opens the form ("MATI BAYI ALDI"), stands right
 * in front, among the candidates found so far. */
bool opening_ends_at(const struct parse *parse, size_t at);
/* "lahir kembar siti": only words of twins stand in front. */
bool behind_twins(const struct parse *parse, size_t at);
/* "LAHIR#SLAMET RAHAYU#30#…", "LAHIR ENEM 25 …": in the slot of the name, where what a word of it
 * means elsewhere is told again or nobody's, words are names. Where it ends, 0: no such slot; *name:
 * behind a title. */
size_t name_slot_end(const struct parse *parse, size_t *name);

#endif
