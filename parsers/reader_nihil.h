/* "None this month" as a whole message. */
#ifndef PARSERS_READER_NIHIL_H
#define PARSERS_READER_NIHIL_H

#include "parsers/parse/keyword.h"

/* A message that tells nothing else: "lahir nihil, mati nihil juli". */
bool read_nihil(struct parse *parse, size_t count, struct reading *out);
/* NIHIL and a keyword, and nothing else. */
bool nihil_bare(struct parse *parse, size_t count);

#endif
