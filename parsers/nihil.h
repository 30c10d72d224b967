/* "None this month": NIHIL as a whole message, or as one report among others. */
#ifndef PARSERS_NIHIL_H
#define PARSERS_NIHIL_H

#include "parsers/keyword.h"

/* A word for none stands at a token. */
bool nihil_at(const struct parse *parse, size_t at);
/* "kenanga libur", "nihil" behind a keyword: no session, no event. */
bool none_told(const struct parse *parse, const struct form_index *index, size_t at);
/* A message that tells nothing else: "lahir nihil, mati nihil juli". */
bool read_nihil(struct parse *parse, size_t count, struct reading *out);
/* The tokens [at, end) behind other reports. */
bool read_nihil_region(struct parse *parse, const struct keyword *keyword, size_t at, size_t end,
	struct reading *out);

#endif
