/* Inside the reader: the talk around a report. */
#ifndef PARSERS_TALK_H
#define PARSERS_TALK_H

#include "parsers/field/keyword.h"

/* Reads [first, last) as a report; chat behind a whole one is left unread (core.c). */
void parse_told(struct parse *parse, const struct form_index *index, size_t first, size_t last);
/* A region read as a report on trial; returns what is missing or unclear in it. */
size_t read_as(struct parse *parse, const struct form_index *index, size_t first, size_t last,
	struct report *report);
/* A keyword further on than *at with a report that leaves least open, read from there or with what
 * its clause says in front of it (within); *at is then where it begins. end 0: none. */
struct keyword keyword_ahead(struct parse *parse, size_t count, size_t *at);
/* Reads the region that was read once more without the talk behind it, when that leaves less
 * open. A word of dying is no talk. */
void talk_cut(struct parse *parse);

#endif
