/* Inside the reader: places looked up by name, each name once per message. One text is read several
 * ways, and comparing a name with all of a province for slips is the dearest look-up there is. */
#ifndef PARSERS_PLACE_MEMO_H
#define PARSERS_PLACE_MEMO_H

#include "parsers/parse/parse.h"
#include "parsers/place/gazetteer.h"

/* A desa inside an area (NULL: anywhere), slips allowed; as gazetteer_find_area(). */
int place_find_desa(const struct parse *parse, const char *name, const struct area *within,
	struct area_matches *out) MUST_CHECK;
/* A posyandu of the sender's; near: slips are allowed. */
void place_find_posyandu(const struct parse *parse, const char *name, bool near,
	struct posyandu_matches *all);
/* The areas the sender answers for, one by one; NULL after the last. */
const struct area *place_scope(const struct sender *sender, size_t i);

#endif
