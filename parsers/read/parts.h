/* Inside the reader: messages that are several messages, each with its own opening. */
#ifndef PARSERS_PARTS_H
#define PARSERS_PARTS_H

#include "parsers/field/parse.h"

#define PARTS_MAX 6

/* Where parts of the text may begin, as offsets: a keyword, NIHIL or a death at the start of a
 * sentence or line, or (lines false) a keyword anywhere. Fewer than two: one message. */
size_t parts_find(struct parse *parse, size_t count, bool lines, size_t starts[PARTS_MAX]);
/* Read as one, something is open. */
bool parts_needed(const struct reading *reading);
/* Adds what a part told by itself; false when that is no whole report. Where parts are needed, one
 * that lacks a little is enough. */
bool parts_join(struct reading *all, const struct reading *part, bool needed);

#endif
