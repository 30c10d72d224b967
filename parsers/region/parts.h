/* One SMS that is several messages: where it may be cut, and whether the parts are told.
 *
 * Proposed where a message may open: at a sentence or line that begins like one; where none does, at any
 * keyword further on. A cut stands when each part by itself is whole and they tell more reports than
 * the text as one: nothing that two people would read as two reports is lost in silence.
 */
#ifndef PARSERS_PARTS_H
#define PARSERS_PARTS_H

#include "parsers/parse/keyword.h"

#define PARTS_MAX READING_REPORTS
struct part {
	size_t start; /* octets of the text */
	size_t lead; /* words that join it to the part above begin there: "dan lapor juga" */
	const struct form *form; /* of the keyword that opens it; NULL */
	size_t value; /* not 0: its keyword may be a value of the part above, as HAMIL of a death */
	size_t least; /* values that it must tell */
	size_t above; /* ... and what stands above it */
	bool slip; /* its keyword is written with one */
};
/* Where parts of the text may begin: a keyword, NIHIL or a death at the start of a sentence or line,
 * or (lines false) a keyword anywhere. Fewer than two: one message. */
size_t parts_find(struct parse *parse, size_t count, bool lines, struct part parts[PARTS_MAX]);
/* Where else: at any keyword with a number or separators behind it, if both sides are whole. */
#define INSIDE_MAX 6
size_t parts_inside(struct parse *parse, size_t count, struct part parts[INSIDE_MAX]);
/* Read as one, something is open; a whole report of each part, and no more, is told already. */
bool parts_needed(const struct reading *reading);
bool parts_told(const struct reading *reading, const struct part *parts, size_t count);
/* Adds what a part told by itself; false when that is no whole report, or one of fewer values. Where
 * parts are needed, one that lacks a little is enough. */
bool parts_join(struct reading *all, const struct reading *part, bool needed, size_t least);

#endif
