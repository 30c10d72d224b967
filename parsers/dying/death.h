/* Inside the reader: whether a word of dying tells a death. */
#ifndef PARSERS_DEATH_H
#define PARSERS_DEATH_H

#include "parsers/parse/clause.h"
#include "parsers/dying/death_denied.h"

/* "mati lampu", "hampir mati": a word of dying that is nobody's. */
bool nobody_dies(const struct parse *parse, size_t at);
/* "bidan belum datang": not there, told behind it. */
bool absent(const struct parse *parse, size_t end);

/* "ibunya meninggal": the token of the mother's word in front of a word of dying; at: none is
 * there. *both: "ibu dan bayinya". */
size_t mother_dies(const struct parse *parse, size_t at, bool *both);
/* "bu siti meninggal": she stands right in front of the word at "died". */
bool woman_in_front(const struct parse *parse, size_t died);
/* "bu siti meninggal, bayinya …": a woman's death is told in front of a token, not right
 * there. */
bool woman_died(const struct parse *parse, size_t at);
/* "bayinya masuk rs, bu siti meninggal": it is a woman who dies, in a clause behind a token. */
bool woman_dies(const struct parse *parse, size_t at);
/* "meninggal bu siti sesudah melahirkan bayi": the child that was born, in the telling of a
 * death. */
bool was_born(const struct parse *parse, size_t at);
/* "bayinya bu ngatmi lahir jam 10, meninggal jam 3": the child of whom the text tells has an hour
 * of its birth in front of a word of dying, and another right behind it. */
bool born_and_died(const struct parse *parse, size_t at);
/* "ayahnya dulu meninggal": somebody else's death, beside a birth. */
bool kin_dies(const struct parse *parse, size_t at);
/* The word tells a death, by whatever form tells deaths. */
bool death_told_at(const struct parse *parse, size_t at);
/* The first such word among the tokens [first, end); end: none. */
size_t death_told_in(const struct parse *parse, size_t first, size_t end);

#endif
