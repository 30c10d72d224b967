/* One SMS that is several messages: where it may be cut. reader_parts.c reads what stands between.
 *
 * Proposed where a message may open: at a sentence or line that begins like one; where none does, at any
 * keyword further on.
 */
#ifndef PARSERS_PARTS_H
#define PARSERS_PARTS_H

#include "parsers/parse/keyword.h"

#define PARTS_MAX READING_REPORTS
struct part {
	size_t start; /* octets of the text */
	size_t lead; /* words that join it to the part above begin there: "dan lapor juga" ... */
	size_t at; /* ... the first of those tokens, of a part inside */
	const struct form *form; /* of the keyword that opens it; NULL */
	bool value; /* not 0: its keyword may be a value of the part above, as HAMIL of a death */
	size_t least; /* values that it must tell */
	size_t above; /* ... and what stands above it */
	const char *kind; /* "MATI WUS": whose death; NULL */
	bool slip; /* its keyword is written with one */
	bool key; /* ... or be a key of it: "#LAHIR 12/6/23#" */
	bool parted; /* separators follow its keyword */
};
/* Where parts of the text may begin: a keyword, NIHIL or a death at the start of a sentence or line,
 * or (lines false) a keyword anywhere. Fewer than two: one message. */
size_t parts_find(struct parse *parse, size_t count, bool lines, struct part parts[PARTS_MAX]);
/* Where else: at any keyword with a number or separators behind it, if both sides are whole. */
#define INSIDE_MAX 6
size_t parts_inside(struct parse *parse, size_t count, struct part parts[INSIDE_MAX]);

#endif
