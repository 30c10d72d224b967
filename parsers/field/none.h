/* Inside the reader: words that say "none" (field_count.c, field_posyandu.c). What a whole message
 * of them means: read/nihil.h. */
#ifndef PARSERS_NONE_H
#define PARSERS_NONE_H

#include "parsers/parse/parse.h"

/* A word for none stands at a token. */
bool nihil_at(const struct parse *parse, size_t at);
/* The same, or a 0. */
bool zero_at(const struct parse *parse, size_t at);
/* "meninggal 0", "kematian nihil"; not "sudah tidak ada". */
bool none_died(const struct parse *parse, size_t at);
/* "kenanga libur", "nihil" behind a keyword: no session, no event. */
bool none_told(const struct parse *parse, const struct form_index *index, size_t at);

#endif
