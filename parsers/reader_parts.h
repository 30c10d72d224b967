/* Inside the reader: one SMS that is several messages. A cut stands when each part by itself is
 * whole and they tell more reports than the text as one: nothing that two people would read as two
 * reports is lost in silence. */
#ifndef PARSERS_READER_PARTS_H
#define PARSERS_READER_PARTS_H

#include "parsers/intent/intent_call.h"
#include "parsers/region/parts.h"

/* A text in parts, as two ways find them: at sentences, at lines; and keywords further on. */
struct cuts {
	const char *text; /* a midwife's notation in it: a part may be of a form that reads it */
	struct part parts[2][PARTS_MAX], inside[INSIDE_MAX];
	size_t count[2], ninside, keywords, slips; /* words that may be some; with a slip */
	bool opens; /* the first word is a keyword, and none of those inside */
};

/* Where a text may be cut, asked before it is read, which changes its tokens. with: of text_cut();
 * classes: of all its tokens. */
void cuts_find(struct parse *parse, const char *text, const char *with, size_t count,
	const struct class_set *classes, struct cuts *out);
/* Reads the text in its parts where they may tell more than out, which it told as a whole. */
void read_cuts(const struct intent_call *call, const struct cuts *cuts, struct reading *out);
/* The octets [start, end) of the text as a message of their own; out keeps whether it is practice. */
void part_read(const struct intent_call *call, const char *whole, size_t start, size_t end,
	struct reading *out);
size_t values_told(const struct report *report); /* that its text has, not its defaults */
/* Adds a report of a part to those that all has room for; base: what its links count from. */
void part_add(struct reading *all, const struct report *report, size_t base);
/* reader_rest.c: a report behind another one that out does not have is read by itself, be it
 * incomplete; where that tells nothing a person reads the rest. */
void read_rest(const struct intent_call *call, const struct cuts *cuts, struct reading *out);
/* reader_edges.c: another desa of the kabupaten in front of a bidan's report, or at its end. */
void edges_told(const struct intent_call *call, struct reading *out);

#endif
