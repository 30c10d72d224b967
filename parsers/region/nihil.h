/* "None this month": NIHIL as a whole message, or as one report among others. */
#ifndef PARSERS_NIHIL_H
#define PARSERS_NIHIL_H

#include "parsers/parse/keyword.h"

/* A message that tells nothing else: "lahir nihil, mati nihil juli". */
bool read_nihil(struct parse *parse, size_t count, struct reading *out);
/* The tokens [at, end) behind other reports. */
bool read_nihil_region(struct parse *parse, const struct keyword *keyword, size_t at, size_t end,
	struct reading *out);

#endif
