/* Inside the reader: where a death that is told beside something else begins, with whoever died. */
#ifndef PARSERS_BESIDES_DEAD_H
#define PARSERS_BESIDES_DEAD_H

#include "parsers/parse/parse.h"

/* The token where the telling of a death begins, not in front of first; count: nowhere. */
size_t dead_begins(const struct parse *parse, size_t first, size_t count);
/* "bu siti meninggal, bu sri meninggal": a second one, of somebody else, in a clause of its own. */
size_t dead_second_begins(const struct parse *parse, size_t count);
/* "PINDAH SITI KE TERBIS karena suaminya …": the order ends in front of the word that leads to
 * it. */
size_t dead_order_ends(const struct parse *parse, size_t at);
/* A death that is known already, and said to tell somebody from others; as dead_begins. */
size_t dead_known_begins(const struct parse *parse, size_t count);

#endif
